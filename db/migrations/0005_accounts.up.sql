-- Who uses the product: accounts (agencies and businesses), people who sign in, what they may do, and what proves them.
create table accounts (
    id uuid primary key,
    parent_id uuid references accounts (id),
    kind text not null check (kind in ('agency', 'business')),
    name text not null,
    agent_code text not null,
    zone text not null default 'America/New_York',
    from_email text,
    from_name text,
    reply_to text,
    signature text,
    postal_address text,
    quiet_from smallint not null default 480 check (quiet_from between 0 and 1439),     -- minutes of the recipient's day
    quiet_until smallint not null default 1260 check (quiet_until between 1 and 1440),
    daily_cap smallint not null default 3 check (daily_cap between 1 and 50),           -- automatic messages a person and day
    created_at timestamptz not null,
    check (quiet_from < quiet_until)
);
create unique index accounts_agent_code_key on accounts (agent_code);
create index accounts_parent on accounts (parent_id) where parent_id is not null;
alter table accounts enable row level security;
alter table accounts force row level security;
create policy tenant on accounts using (id = app.account() or app.everyone())
    with check (id = app.account() or app.everyone());

create table users (
    id uuid primary key,
    name text not null,
    email text not null,
    email_key text not null,
    password_hash text,
    email_verified_at timestamptz,
    created_at timestamptz not null
);
create unique index users_email_key on users (email_key);

create table memberships (
    account_id uuid not null references accounts (id),
    user_id uuid not null references users (id),
    role text not null check (role in ('owner', 'admin', 'staff', 'agent', 'assistant')),
    created_at timestamptz not null,
    primary key (account_id, user_id)
);
create index memberships_user on memberships (user_id);
select app.protect('memberships', true);

alter table users enable row level security;
alter table users force row level security;
-- Members of an account see each other; nobody else's users exist for them.
create policy tenant on users
    using (app.everyone() or exists (select from memberships m where m.account_id = app.account() and m.user_id = users.id))
    with check (app.everyone());

-- Sessions and API keys: only the SHA-256 of the token is kept.
create table credentials (
    account_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    kind text not null check (kind in ('session', 'api_key')),
    hash text not null,
    name text not null,
    prefix text not null default '',
    scopes text[] not null default '{}',
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    ended_at timestamptz,
    end_reason text,
    primary key (account_id, id),
    foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade,
    check ((ended_at is null) = (end_reason is null))
);
create index credentials_hash on credentials (hash);
select app.protect('credentials', true);

-- Enters an account with a credential: the tenant is set only if the credential is alive, or else to nothing, so that what
-- follows in the same round trip finds no row and may write none.
create function app.enter(account uuid, credential text, at timestamptz) returns text language plpgsql as $$
begin
    perform set_config('app.account', account::text, true);
    if exists (
        select from credentials c
        where c.hash = credential and c.account_id = account and c.ended_at is null and (c.expires_at is null or c.expires_at > at)
    ) then
        return account::text;
    end if;
    perform set_config('app.account', '', true);
    return null;
end
$$;

-- Failed sign-ins by e-mail and by address, shared by all servers.
create table sign_in_failures (
    key text primary key,
    failures integer not null,
    first_at timestamptz not null,
    locked_until timestamptz
);
