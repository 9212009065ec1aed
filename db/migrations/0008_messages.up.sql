-- What is sent, what became of it, and who must not be written to.
create table messages (
    account_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    task_id uuid,
    channel text not null default 'email' check (channel in ('email')),
    class text not null check (class in ('followup', 'personal')),
    cause_key text not null, -- contact, purpose and step: the same cause never makes two messages
    from_email text not null,
    from_name text not null,
    reply_to text,
    to_email text not null,
    to_name text not null,
    subject text not null,
    body_html text not null,
    body_text text not null,
    source text not null check (source in ('ai', 'template', 'person')),
    status text not null check (status in ('queued', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'failed', 'dropped',
                                           'spamreport', 'deferred')),
    -- How far the hand-over is; `sending` is committed before the provider is called.
    dispatch text not null check (dispatch in ('waiting', 'sending', 'ambiguous', 'done')),
    sending_since timestamptz,
    held_until timestamptz,
    hold_reason text,
    provider text,
    provider_message_id text,
    error_message text,
    retry_count integer not null default 0,
    created_at timestamptz not null,
    sent_at timestamptz,
    delivered_at timestamptz,
    opened_at timestamptz,
    clicked_at timestamptz,
    person_opened_at timestamptz, -- by a person, not by a machine that fetches every image
    person_clicked_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id),
    foreign key (account_id, task_id) references tasks (account_id, id),
    check ((dispatch = 'sending') <= (sending_since is not null))
);
create unique index messages_cause_key on messages (account_id, cause_key);
create index messages_newest on messages (account_id, created_at desc, id desc);
-- A provider's event names the message before the account is known.
create index messages_id on messages (id);
create index messages_status on messages (account_id, status, created_at desc, id desc);
create index messages_contact on messages (account_id, contact_id, created_at desc, id desc);
create index messages_provider_id on messages (provider_message_id) where provider_message_id is not null;
create index messages_sent on messages (account_id, contact_id, sent_at) where sent_at is not null;
create index messages_unsettled on messages (sending_since) where dispatch in ('sending', 'ambiguous');
-- Provider events are matched to their message before its account is known.
select app.protect('messages', true);

create table message_events (
    account_id uuid not null,
    message_id uuid not null,
    provider_event_id text not null,
    event text not null,
    at timestamptz not null,
    ip text,
    useragent text,
    url text,
    machine boolean not null default false,
    data jsonb not null,
    received_at timestamptz not null,
    primary key (account_id, message_id, provider_event_id),
    foreign key (account_id, message_id) references messages (account_id, id)
);
select app.protect('message_events', true);

create table suppressions (
    account_id uuid not null references accounts (id),
    channel text not null check (channel in ('email')),
    address_key text not null,
    reason text not null check (reason in ('bounce', 'complaint', 'unsubscribe', 'manual')),
    message_id uuid,
    created_at timestamptz not null,
    primary key (account_id, channel, address_key)
);
select app.protect('suppressions', true);

-- Webhooks as they came in, before their account is known: the raw bytes are kept and can be processed again.
create table inbound_webhooks (
    id uuid primary key,
    provider text not null,
    body bytea not null,
    received_at timestamptz not null,
    processed_at timestamptz,
    outcome jsonb
);
create index inbound_webhooks_received on inbound_webhooks (received_at);
alter table inbound_webhooks enable row level security;
alter table inbound_webhooks force row level security;
create policy everyone on inbound_webhooks using (app.everyone()) with check (app.everyone());

-- Each time the AI was asked to write: from what, with what result, and whether the template served instead.
create table ai_runs (
    account_id uuid not null references accounts (id),
    id uuid not null,
    purpose text not null,
    contact_id uuid,
    task_id uuid,
    model text,
    prompt text not null,
    output text,
    latency_ms integer not null,
    fallback boolean not null,
    error text,
    created_at timestamptz not null,
    primary key (account_id, id)
);
create index ai_runs_contact on ai_runs (account_id, contact_id, created_at desc);
select app.protect('ai_runs');
