-- People out of other systems' files: how each column was understood, how far the import is, and what became of which row.
create table imports (
    account_id uuid not null references accounts (id),
    id uuid not null,
    file_id uuid not null,
    file_name text not null,
    source text not null,
    state text not null check (state in ('mapping', 'checking', 'checked', 'running', 'done', 'undoing', 'undone')),
    columns jsonb not null,
    defaults jsonb not null default '{}',
    separator text not null,
    signature text not null,
    first_row bigint not null,       -- where the rows begin and the next one to look at, in bytes
    next_row bigint not null,
    total bigint not null,
    position bigint not null default 0,
    added bigint not null default 0,
    updated bigint not null default 0,
    skipped bigint not null default 0,
    bad bigint not null default 0,
    actor_kind text not null,
    actor_id uuid,
    actor_name text not null,
    created_at timestamptz not null,
    finished_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, file_id) references files (account_id, id) on delete cascade
);
create index imports_newest on imports (account_id, created_at desc, id desc);
create index imports_file on imports (account_id, file_id);
select app.protect('imports');

create table import_rows (
    account_id uuid not null,
    import_id uuid not null,
    row_number bigint not null,
    outcome text not null check (outcome in ('added', 'updated', 'bad', 'undone', 'kept')),
    contact_id uuid,
    reasons text[] not null default '{}',
    cells text[] not null default '{}',
    before jsonb,
    after jsonb,
    primary key (account_id, import_id, row_number),
    foreign key (account_id, import_id) references imports (account_id, id) on delete cascade
);
create index import_rows_outcome on import_rows (account_id, import_id, outcome, row_number);
create index import_rows_contact on import_rows (account_id, contact_id, import_id) where contact_id is not null;
select app.protect('import_rows');

-- How an account understood files with the same header before.
create table import_mappings (
    account_id uuid not null references accounts (id),
    signature text not null,
    columns jsonb not null,
    updated_at timestamptz not null,
    primary key (account_id, signature)
);
select app.protect('import_mappings');
