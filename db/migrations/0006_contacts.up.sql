-- The people of a business: the pipeline's clients.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create table contacts (
    account_id uuid not null references accounts (id),
    id uuid not null,
    name text not null,
    email text not null,
    email_key text not null,
    phone text,
    phone_e164 text,
    property_address text not null,
    property_type text not null check (property_type in ('residential', 'commercial', 'land', 'other')),
    stage text not null check (stage in ('lead', 'negotiating', 'under_contract', 'closed', 'lost')),
    notes text,
    custom_fields jsonb not null default '{}' check (jsonb_typeof(custom_fields) = 'object'),
    tags text[] not null default '{}',
    zone text,
    unsubscribed_at timestamptz,
    unsubscribed_reason text,
    last_contacted timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    version bigint not null default 1,
    -- What the search box searches: digits of the phone too, since people type numbers in any shape.
    search text generated always as (
        lower(name || ' ' || email || ' ' || property_address || ' ' || coalesce(phone_e164, '') || ' '
            || coalesce(regexp_replace(phone, '\D', '', 'g'), '') || ' ' || coalesce(notes, ''))
    ) stored,
    primary key (account_id, id),
    check ((unsubscribed_at is null) = (unsubscribed_reason is null))
);
create unique index contacts_email_key on contacts (account_id, email_key) where deleted_at is null;
create unique index contacts_phone_key on contacts (account_id, phone_e164) where deleted_at is null and phone_e164 is not null;
create index contacts_newest on contacts (account_id, created_at desc, id desc) where deleted_at is null;
create index contacts_stage on contacts (account_id, stage, created_at desc, id desc) where deleted_at is null;
create index contacts_name on contacts (account_id, lower(name), id) where deleted_at is null;
create index contacts_last_contacted on contacts (account_id, coalesce(last_contacted, '-infinity'), id) where deleted_at is null;
create index contacts_tags on contacts using gin (account_id, tags) where deleted_at is null;
create index contacts_search on contacts using gin (account_id, search gin_trgm_ops) where deleted_at is null;
select app.protect('contacts');
