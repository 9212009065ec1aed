-- A new address of a person who signs in, until the letter to it is answered. `hash`: of the letter's token.
create table email_changes (
    hash text primary key check (length(hash) = 64),
    user_id uuid not null references users (id) on delete cascade,
    email text not null,
    email_key text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index email_changes_user on email_changes (user_id);
create index email_changes_expires on email_changes (expires_at);
alter table email_changes enable row level security;
alter table email_changes force row level security;
create policy nobody_else on email_changes using (app.everyone()) with check (app.everyone());
