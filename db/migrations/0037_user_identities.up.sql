-- Who a person is at an OpenID provider: the subject for ever, the address as it was when they were linked.
create table user_identities (
    issuer text not null,
    subject text not null,
    user_id uuid not null references users (id) on delete cascade,
    email text not null,
    created_at timestamptz not null,
    primary key (issuer, subject)
);
create index user_identities_user on user_identities (user_id);
alter table user_identities enable row level security;
alter table user_identities force row level security;
create policy nobody_else on user_identities using (app.everyone()) with check (app.everyone());
