-- Changes of many contacts at once: what was asked, how far it is, and for each contact what it was before, so that it can be undone.
create table bulk_jobs (
    account_id uuid not null references accounts (id),
    id uuid not null,
    action text not null check (action in ('stage', 'add_tag', 'remove_tag', 'rename_tag', 'assign', 'delete')),
    arguments jsonb not null,
    state text not null check (state in ('running', 'done', 'undoing', 'undone')),
    total bigint not null,
    done bigint not null default 0,
    failed bigint not null default 0,
    actor_kind text not null,
    actor_id uuid,
    actor_name text not null,
    created_at timestamptz not null,
    finished_at timestamptz,
    primary key (account_id, id)
);
create index bulk_jobs_newest on bulk_jobs (account_id, created_at desc, id desc);
select app.protect('bulk_jobs', true);

create table bulk_rows (
    account_id uuid not null,
    bulk_id uuid not null,
    contact_id uuid not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'undone')),
    reason text,
    before jsonb,
    primary key (account_id, bulk_id, contact_id),
    foreign key (account_id, bulk_id) references bulk_jobs (account_id, id) on delete cascade
);
create index bulk_rows_state on bulk_rows (account_id, bulk_id, state, contact_id);
select app.protect('bulk_rows', true);
