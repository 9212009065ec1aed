-- Outgoing webhooks: what happens is told to addresses that an office names.
create table webhooks (
    account_id uuid not null references accounts (id),
    id uuid not null,
    url text not null,
    description text,
    event_types text[] not null default '{}', -- "email.opened", "email.*"; none: everything that is about a client
    enabled boolean not null default true,
    disabled_reason text,
    failing_since timestamptz,
    last_success_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null default 1,
    primary key (account_id, id),
    check (enabled <= (disabled_reason is null))
);
select app.protect('webhooks');

-- The newest signs, and so does the one before until it expires.
create table webhook_secrets (
    account_id uuid not null,
    webhook_id uuid not null,
    id uuid not null,
    sealed text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    primary key (account_id, webhook_id, id),
    foreign key (account_id, webhook_id) references webhooks (account_id, id) on delete cascade
);
select app.protect('webhook_secrets');

-- One for each event and webhook, made in the event's own transaction.
create table webhook_deliveries (
    account_id uuid not null,
    webhook_id uuid not null,
    event_id uuid not null,
    event_type text not null,
    state text not null check (state in ('pending', 'delivered', 'failed')),
    body text, -- as it was sent first: what is sent again is the same
    attempts integer not null default 0,
    due_at timestamptz not null,
    dispatched_at timestamptz, -- its job exists
    last_status integer,
    last_error text,
    created_at timestamptz not null,
    delivered_at timestamptz,
    primary key (account_id, webhook_id, event_id),
    foreign key (account_id, webhook_id) references webhooks (account_id, id) on delete cascade,
    foreign key (account_id, event_id) references events (account_id, id)
);
create index webhook_deliveries_due on webhook_deliveries (due_at) where state = 'pending' and dispatched_at is null;
create index webhook_deliveries_dispatched on webhook_deliveries (dispatched_at)
    where state = 'pending' and dispatched_at is not null;
create index webhook_deliveries_newest on webhook_deliveries (account_id, webhook_id, created_at desc, event_id desc);
create index webhook_deliveries_old on webhook_deliveries (created_at);
-- The sweep looks for due ones of every account.
select app.protect('webhook_deliveries', true);

create table webhook_attempts (
    account_id uuid not null,
    webhook_id uuid not null,
    event_id uuid not null,
    number integer not null,
    at timestamptz not null,
    status integer,
    error text,
    response text,
    duration_ms integer not null,
    primary key (account_id, webhook_id, event_id, number),
    foreign key (account_id, webhook_id, event_id) references webhook_deliveries (account_id, webhook_id, event_id) on delete cascade
);
select app.protect('webhook_attempts', true);

-- "email_opened" is told as "email.opened".
create function app.webhook_type(kind text) returns text language sql immutable parallel safe as $$
    select regexp_replace(kind, '^(follow_ups|[a-z]+)_', '\1.')
$$;

create function app.plan_webhooks() returns trigger language plpgsql as $$
begin
    insert into webhook_deliveries (account_id, webhook_id, event_id, event_type, state, due_at, created_at)
    select e.account_id, w.id, e.id, app.webhook_type(e.kind), 'pending', e.at, e.at
    from new_events e join webhooks w on w.account_id = e.account_id and w.enabled
    where case
        when e.kind = 'webhook_tested' then e.data ->> 'webhook_id' = w.id::text
        when w.event_types = '{}' then e.contact_id is not null
        else app.webhook_type(e.kind) = any (w.event_types)
            or split_part(app.webhook_type(e.kind), '.', 1) || '.*' = any (w.event_types)
    end;
    return null;
end
$$;
create trigger plan_webhooks after insert on events referencing new table as new_events
    for each statement execute function app.plan_webhooks();
