-- Letters that are written once and sent to many, with places for what is in the record.
create table message_templates (
    account_id uuid not null references accounts (id),
    id uuid not null,
    name text not null,
    language text not null check (language in ('en', 'es')),
    subject text not null,
    body text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    version bigint not null default 1,
    primary key (account_id, id)
);
create unique index message_templates_name_key on message_templates (account_id, lower(name), language) where deleted_at is null;
create index message_templates_name on message_templates (account_id, lower(name), id) where deleted_at is null;
select app.protect('message_templates');
