-- What the double of Google's calendars knows: who let whom do what, the tokens for it, and people's calendars.
alter table sandbox.google_codes add column scope text not null default 'openid email profile',
    add column offline boolean not null default false;

create table sandbox.google_grants (
    id bigint generated always as identity primary key,
    client_id text not null,
    email text not null,
    scope text not null,
    unique (client_id, email)
);

create table sandbox.google_access (
    token_hash text primary key,
    kind text not null check (kind in ('access', 'refresh')),
    grant_id bigint not null references sandbox.google_grants (id) on delete cascade,
    scope text not null,
    expires_at timestamptz -- of a refresh token: never
);
create index google_access_grant on sandbox.google_access (grant_id);

-- Refreshes after which the refresh token is another one, used up in order.
create table sandbox.google_rotations (
    id bigint generated always as identity primary key
);

create table sandbox.google_calendars (
    email text not null,
    seq bigint generated always as identity,
    id text not null,
    summary text not null,
    access_role text not null check (access_role in ('freeBusyReader', 'reader', 'writer', 'owner')),
    time_zone text not null,
    background_color text not null,
    is_primary boolean not null default false,
    primary key (email, id)
);
grant select, insert, update, delete
    on sandbox.google_grants, sandbox.google_access, sandbox.google_rotations, sandbox.google_calendars to doorstep_app;
