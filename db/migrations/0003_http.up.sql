-- Answers kept under the client's Idempotency-Key, so that a repeated request gets the first one's.
create table app.idempotency_keys (
    account_id uuid not null,
    key text not null check (length(key) between 1 and 255),
    route text not null,
    request_hash bytea not null,
    status smallint not null,
    headers jsonb not null,
    body bytea not null,
    created_at timestamptz not null,
    primary key (account_id, key, route)
);
create index idempotency_keys_created_at on app.idempotency_keys (created_at);
select app.protect('app.idempotency_keys', true);
