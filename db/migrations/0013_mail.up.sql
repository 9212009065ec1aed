-- The product's own letters to the people who use it, and what became of each.
create table email_logs (
    account_id uuid not null references accounts (id),
    id uuid not null,
    email_type text not null,
    to_email text not null,
    to_name text not null,
    user_id uuid,
    language text not null,     -- '': the account's
    facts jsonb not null,       -- what the letter says, without its secrets
    secrets text,               -- sealed; gone once the letter has left or was given up
    unsubscribe_url text not null default '',
    subject text,               -- as it was sent, secrets hidden
    is_test boolean not null default false,
    expires_at timestamptz,     -- no use after this: an expired code is not sent any more
    status text not null check (status in ('pending', 'sent', 'delivered', 'opened', 'clicked', 'failed', 'bounced', 'complained')),
    attempts integer not null default 0,
    error_message text,
    provider text,
    provider_message_id text,
    created_at timestamptz not null,
    sent_at timestamptz,
    delivered_at timestamptz,
    opened_at timestamptz,
    clicked_at timestamptz,
    open_count integer not null default 0,
    click_count integer not null default 0,
    primary key (account_id, id)
);
create index email_logs_newest on email_logs (account_id, created_at desc, id desc);
create index email_logs_type on email_logs (account_id, email_type, created_at desc, id desc);
-- A provider's event names the letter before the account is known.
create index email_logs_id on email_logs (id);
create index email_logs_provider_id on email_logs (provider_message_id) where provider_message_id is not null;
select app.protect('email_logs', true);

create table email_log_events (
    account_id uuid not null,
    log_id uuid not null,
    provider_event_id text not null,
    event text not null,
    at timestamptz not null,
    ip text,
    useragent text,
    url text,
    reason text,
    machine boolean not null default false,
    received_at timestamptz not null,
    primary key (account_id, log_id, provider_event_id),
    foreign key (account_id, log_id) references email_logs (account_id, id)
);
select app.protect('email_log_events', true);

-- What of a webhook's signature may be used once, where it does not cover the body.
alter table inbound_webhooks add column once text;
create unique index inbound_webhooks_once_key on inbound_webhooks (provider, once) where once is not null;

-- What an account wrote in place of the product's own words.
create table email_templates (
    account_id uuid not null references accounts (id),
    email_type text not null,
    language text not null check (language in ('en', 'es')),
    subject text not null,
    body text not null,
    updated_at timestamptz not null,
    updated_by text not null,
    primary key (account_id, email_type, language)
);
-- A business's letters follow its agency's templates.
select app.protect('email_templates', true);
