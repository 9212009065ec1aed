-- What the double of Google's sign-in knows.
create table sandbox.google_codes (
    code_hash text primary key,
    client_id text not null,
    redirect_uri text not null,
    code_challenge text not null,
    nonce text not null,
    email text not null,
    name text not null,
    email_verified boolean not null,
    created_at timestamptz not null,
    used_at timestamptz
);
-- Keys that sign ID tokens; the newest signs, the two newest are shown.
create table sandbox.google_keys (
    id text primary key,
    seq bigint generated always as identity unique,
    private_key text not null,
    modulus text not null,
    exponent text not null
);
-- How the next ID tokens go wrong, used up in order.
create table sandbox.google_tricks (
    id bigint generated always as identity primary key,
    trick text not null
);
grant select, insert, update, delete on sandbox.google_codes, sandbox.google_keys, sandbox.google_tricks to doorstep_app;
