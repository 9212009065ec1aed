-- Getting in: sign-ups that wait for their letter, sessions that refresh, devices, codes, limits. All of it belongs to a person
-- and not to an account, and is seen by nobody who works within an account.

-- A session's secret stays; what is shown for it is renewed: each refresh spends a generation.
alter table credentials
    add column generation integer not null default 0,
    add column rotated_at timestamptz,
    add column device_id uuid,
    add column method text check (method in ('password', 'passkey', 'google', 'invitation'));

alter table users add column last_sign_in_at timestamptz;

-- The password belongs to the letter: whoever opens the letter opens the account with what was typed then, and not with what
-- somebody else typed for the same address.
create table sign_ups (
    hash text primary key check (length(hash) = 64),
    user_id uuid not null references users (id) on delete cascade,
    name text not null,
    account_name text not null,
    password_hash text not null,
    zone text,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index sign_ups_user on sign_ups (user_id, created_at);
create index sign_ups_expires on sign_ups (expires_at);

create table password_resets (
    hash text primary key check (length(hash) = 64),
    user_id uuid not null references users (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index password_resets_user on password_resets (user_id);
create index password_resets_expires on password_resets (expires_at);

-- Browsers in which a code is not asked for again. `hash`: of what the browser keeps.
create table devices (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    hash text not null check (length(hash) = 64),
    name text not null,
    own_id_hash text,       -- of the deviceId that the client said when it was trusted
    fingerprint_hash text,
    address text,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    trusted_until timestamptz not null,
    revoked_at timestamptz
);
create unique index devices_hash on devices (hash);
create index devices_user on devices (user_id, last_seen_at);
alter table credentials add foreign key (device_id) references devices (id) on delete set null;
create index credentials_device on credentials (device_id) where device_id is not null;

-- Where a person has signed in from: what a new sign-in is compared with.
create table sign_in_places (
    user_id uuid not null references users (id) on delete cascade,
    network text not null,
    country text,
    last_at timestamptz not null,
    primary key (user_id, network)
);

-- A right password that was not enough. `tries` outlive every code that is sent.
create table mfa_challenges (
    hash text primary key check (length(hash) = 64),
    user_id uuid not null references users (id) on delete cascade,
    kind text not null check (kind in ('email_otp', 'totp')),
    reason text not null,
    method text not null,
    code_hash text,
    tries integer not null default 0,
    letters integer not null default 0,
    code_expires_at timestamptz not null,
    expires_at timestamptz not null,
    own_id_hash text,
    fingerprint_hash text,
    trust boolean not null,
    created_at timestamptz not null,
    ended_at timestamptz
);
create index mfa_challenges_user on mfa_challenges (user_id, created_at);
create index mfa_challenges_expires on mfa_challenges (expires_at);

-- Events within a window, for limits that hold over restarts and servers. Keys are hashes.
create table rate_counts (
    key text primary key,
    began_at timestamptz not null,
    ends_at timestamptz not null,
    taken integer not null
);
create index rate_counts_ends on rate_counts (ends_at);

-- Counts one more within the window. NULL: it is within the limit; else when the window ends.
create function app.take(wanted text, at timestamptz, lasts interval, most integer) returns timestamptz language sql as $$
    insert into rate_counts as r (key, began_at, ends_at, taken) values (wanted, at, at + lasts, 1)
    on conflict (key) do update
       set taken = case when r.ends_at <= at or r.began_at > at then 1 else r.taken + 1 end,
           began_at = case when r.ends_at <= at or r.began_at > at then at else r.began_at end,
           ends_at = case when r.ends_at <= at or r.began_at > at then at + lasts else r.ends_at end
    returning case when taken > most then ends_at end
$$;

do $$
declare
    name text;
begin
    foreach name in array array['sign_ups', 'password_resets', 'devices', 'sign_in_places', 'mfa_challenges'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy nobody_else on %I using (app.everyone()) with check (app.everyone())', name);
    end loop;
end
$$;
