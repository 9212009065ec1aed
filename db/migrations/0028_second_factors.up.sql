-- What a person has besides a password: an app that makes codes, codes on paper, passkeys. Seen by nobody within an account.
create table user_totp (
    user_id uuid primary key references users (id) on delete cascade,
    secret text not null,               -- sealed
    last_step bigint not null default 0, -- of the last code that was taken: each counts once
    created_at timestamptz not null,
    confirmed_at timestamptz
);

create table recovery_codes (
    user_id uuid not null references users (id) on delete cascade,
    hash text not null check (length(hash) = 64),
    used_at timestamptz,
    primary key (user_id, hash)
);

create table passkeys (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    credential_id text not null,        -- base64url
    public_key text not null,           -- COSE, base64url
    sign_count bigint not null,
    name text not null,
    transports text[] not null default '{}',
    created_at timestamptz not null,
    last_used_at timestamptz
);
create unique index passkeys_credential_id on passkeys (credential_id);
create index passkeys_user on passkeys (user_id, created_at);

-- What an authenticator is asked to sign, once.
create table passkey_challenges (
    hash text primary key check (length(hash) = 64),
    user_id uuid references users (id) on delete cascade, -- whose key is being made; unknown before a sign-in
    expires_at timestamptz not null
);
create index passkey_challenges_user on passkey_challenges (user_id) where user_id is not null;
create index passkey_challenges_expires on passkey_challenges (expires_at);

do $$
declare
    name text;
begin
    foreach name in array array['user_totp', 'recovery_codes', 'passkeys', 'passkey_challenges'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy nobody_else on %I using (app.everyone()) with check (app.everyone())', name);
    end loop;
end
$$;
