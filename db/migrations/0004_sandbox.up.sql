-- What the third parties' doubles know and do. Of no account: the doubles are other companies.
create schema sandbox;

-- Messages that a double accepted, as the person would get them.
create table sandbox.outbox (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    channel text not null,
    provider text not null,
    message_id text not null,
    to_address text not null,
    from_address text not null,
    subject text,
    body_text text,
    body_html text,
    headers jsonb not null default '{}',
    custom_args jsonb not null default '{}', -- come back in every event
    at timestamptz not null
);
create index outbox_message_id on sandbox.outbox (message_id);
create index outbox_to on sandbox.outbox (lower(to_address), seq);

-- How the next calls to a provider go wrong, used up in order.
create table sandbox.faults (
    id bigint generated always as identity primary key,
    provider text not null,
    mode text not null check (mode in ('error', 'rate_limit', 'timeout', 'accept_then_drop', 'garbage')),
    status integer check (status between 400 and 599),
    remaining integer not null check (remaining >= 0),
    created_at timestamptz not null
);
create index faults_next on sandbox.faults (provider, id) where remaining > 0;

-- The keys that sign a double's webhooks: made once, the same for every process on the store.
create table sandbox.keys (
    name text primary key,
    private_key text not null,
    public_key text not null
);

-- Events on their way to the product's webhook, repeated until they are taken or too old.
create table sandbox.deliveries (
    id uuid primary key,
    provider text not null,
    body text not null,
    attempts integer not null default 0,
    due_at timestamptz not null,
    expires_at timestamptz not null,
    last_status integer,
    last_error text,
    delivered_at timestamptz
);
create index deliveries_due on sandbox.deliveries (due_at) where delivered_at is null;

-- The latest calls that the doubles got; `status` is null where they gave no answer.
create table sandbox.calls (
    seq bigint generated always as identity primary key,
    provider text not null,
    operation text not null,
    status integer,
    fault text,
    note text,
    at timestamptz not null
);

grant usage on schema sandbox to doorstep_app;
grant select, insert, update, delete on all tables in schema sandbox to doorstep_app;
