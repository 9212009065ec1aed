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
    check (quiet_from < quiet_until),
    check (parent_id <> id)
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
    hash text not null check (length(hash) = 64),
    name text not null, -- a key's name; a session's browser
    prefix text not null default '',
    scopes text[] not null default '{}',
    address text,       -- from which a session was begun
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    ended_at timestamptz,
    end_reason text,
    primary key (account_id, id),
    foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade,
    check ((ended_at is null) = (end_reason is null)),
    check ((kind = 'session') = (expires_at is not null))
);
create index credentials_hash on credentials (hash);
create index credentials_user on credentials (account_id, user_id, created_at);
create index credentials_ended on credentials (coalesce(ended_at, expires_at)) where coalesce(ended_at, expires_at) is not null;
select app.protect('credentials', true);

-- Servers remember for a minute what a credential may do. Who gets another role therefore signs in again; a member who goes
-- takes all credentials along by the foreign key.
create function app.end_credentials_of_old_role() returns trigger language plpgsql as $$
begin
    update credentials set ended_at = greatest(now(), created_at), end_reason = 'role_changed'
     where account_id = new.account_id and user_id = new.user_id and ended_at is null;
    return null;
end
$$;
create trigger end_credentials after update of role on memberships for each row when (old.role is distinct from new.role)
    execute function app.end_credentials_of_old_role();

-- Wrong passwords by e-mail address, and by e-mail address and client address together; shared by all servers. The keys are
-- hashes: what people type here need not belong to any of our users.
create table sign_in_failures (
    key text primary key,
    failures integer not null,      -- since the last lock
    locks integer not null,         -- each is longer than the one before
    last_at timestamptz not null,
    locked_until timestamptz
);
create index sign_in_failures_last on sign_in_failures (last_at);

-- Counts a wrong password. Answers until when there is a lock already: then the try was not one and is not counted.
create function app.count_sign_in_failure(keys text[], at timestamptz) returns timestamptz language plpgsql as $$
declare
    locked timestamptz;
begin
    insert into sign_in_failures (key, failures, locks, last_at)
    select k, 0, 0, at from unnest(keys) k order by k on conflict (key) do nothing;
    -- Everybody locks in the same order.
    perform from sign_in_failures where key = any (keys) order by key for update;
    select max(locked_until) into locked from sign_in_failures where key = any (keys) and locked_until > at;
    if locked is not null then
        return locked;
    end if;
    -- A lock that is over leaves all five tries; a quiet day makes all forgotten.
    update sign_in_failures
       set failures = 0, locked_until = null, locks = case when last_at < at - interval '1 day' then 0 else locks end
     where key = any (keys) and (locked_until is not null or last_at < at - interval '1 day');
    update sign_in_failures
       set failures = failures + 1,
           last_at = at,
           locks = locks + case when failures = 4 then 1 else 0 end,
           locked_until = case when failures = 4 then at + least(15, 2 ^ least(locks, 4)) * interval '1 minute' end
     where key = any (keys);
    return null;
end
$$;
