-- Logos, style guides, photographs of a business.
create table brand_assets (
    account_id uuid not null references accounts (id),
    id uuid not null,
    file_id uuid not null,
    kind text not null check (kind in ('logo', 'style_guide', 'photo', 'other')),
    created_at timestamptz not null,
    removed_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, file_id) references files (account_id, id)
);
create index brand_assets_file on brand_assets (account_id, file_id);
select app.protect('brand_assets');
