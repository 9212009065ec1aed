-- Files that people sent: what they are. Their bytes lie in the storage, under the id.
create table files (
    account_id uuid not null references accounts (id),
    id uuid not null,
    name text not null,
    media_type text not null,
    size bigint not null,
    sha256 text not null,
    state text not null check (state in ('loose', 'kept', 'discarded', 'doomed')),
    gone_at timestamptz,
    created_at timestamptz not null,
    primary key (account_id, id),
    check ((gone_at is not null) = (state in ('discarded', 'doomed')))
);
create index files_to_sweep on files (state, created_at) where state <> 'kept';
select app.protect('files', true);
