CREATE SCHEMA app;

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE DOMAIN app.live_credential AS text NOT NULL;

CREATE FUNCTION app.account() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid;

CREATE FUNCTION app.contact_counter(stage text, deleted timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    select case when deleted is null then 'clients:' else 'deleted_clients:' end || stage
$$;

CREATE FUNCTION app.count_contacts() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'INSERT' then
        insert into counter_changes (account_id, name, change)
        select account_id, app.contact_counter(stage, deleted_at), count(*) from new_rows group by 1, 2;
    else
        insert into counter_changes (account_id, name, change)
        select account_id, name, sum(change) from (
            select account_id, app.contact_counter(stage, deleted_at) as name, 1 as change from new_rows
            union all
            select account_id, app.contact_counter(stage, deleted_at), -1 from old_rows
        ) both_sides group by 1, 2 having sum(change) <> 0;
    end if;
    return null;
end
$$;

CREATE FUNCTION app.count_messages() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into counter_changes (account_id, name, bucket, change)
    select account_id, name, bucket, sum(change) from (
        select r.account_id, c.name, c.bucket, r.change from (
            select account_id, status, sent_at, person_opened_at, person_clicked_at, 1 as change from new_rows
            union all
            select account_id, status, sent_at, person_opened_at, person_clicked_at, -1 from old_rows
        ) r cross join lateral (
            values
                ('emails:' || r.status, '-infinity'::timestamptz, true),
                ('emails_sent', app.quarter(r.sent_at), r.sent_at is not null),
                ('emails_engaged:sent', '-infinity', r.sent_at is not null),
                ('emails_engaged:opened', '-infinity',
                 r.sent_at is not null and (r.person_opened_at is not null or r.person_clicked_at is not null)),
                ('emails_engaged:clicked', '-infinity', r.sent_at is not null and r.person_clicked_at is not null)
        ) c (name, bucket, counts) where c.counts
    ) both_sides group by 1, 2, 3 having sum(change) <> 0;
    return null;
end
$$;

CREATE FUNCTION app.count_new_messages() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into counter_changes (account_id, name, change)
    select account_id, 'emails:' || status, count(*) from new_rows group by 1, 2;
    insert into counter_changes (account_id, name, bucket, change)
    select account_id, 'emails_sent', app.quarter(sent_at), count(*) from new_rows where sent_at is not null group by 1, 3;
    insert into counter_changes (account_id, name, change)
    select account_id, c.name, count(*) from new_rows r cross join lateral (
        values
            ('emails_engaged:sent', true),
            ('emails_engaged:opened', r.person_opened_at is not null or r.person_clicked_at is not null),
            ('emails_engaged:clicked', r.person_clicked_at is not null)
    ) c (name, counts) where r.sent_at is not null and c.counts group by 1, 2;
    return null;
end
$$;

CREATE FUNCTION app.count_sign_in_failure(keys text[], at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION app.count_tasks() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'INSERT' then
        insert into counter_changes (account_id, name, change)
        select account_id, 'tasks:' || status, count(*) from new_rows where deleted_at is null group by 1, 2;
    else
        insert into counter_changes (account_id, name, change)
        select account_id, name, sum(change) from (
            select account_id, 'tasks:' || status as name, 1 as change from new_rows where deleted_at is null
            union all
            select account_id, 'tasks:' || status, -1 from old_rows where deleted_at is null
        ) both_sides group by 1, 2 having sum(change) <> 0;
    end if;
    return null;
end
$$;

CREATE FUNCTION app.end_credentials_of_old_role() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    update credentials set ended_at = greatest(now(), created_at), end_reason = 'role_changed'
     where account_id = new.account_id and user_id = new.user_id and ended_at is null;
    return null;
end
$$;

CREATE FUNCTION app.events_are_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end
$$;

CREATE FUNCTION app.everyone() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((current_setting('app.everyone'::text, true) = 'on'::text), false);

CREATE FUNCTION app.protect(target regclass, cross_account boolean DEFAULT false) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    condition text := 'account_id = app.account()';
begin
    if cross_account then
        condition := condition || ' or app.everyone()';
    end if;
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy tenant on %s using (%s) with check (%s)', target, condition, condition);
end
$$;

CREATE FUNCTION app.quarter(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    AS $$
    select date_bin('15 minutes', at, '2000-01-01 00:00:00+00')
$$;

CREATE FUNCTION app.tell_clock() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform pg_notify('clock', new.offset_us::text);
    return null;
end
$$;

CREATE TABLE app.clock (
    singleton boolean DEFAULT true NOT NULL,
    offset_us bigint DEFAULT 0 NOT NULL,
    CONSTRAINT clock_singleton_check CHECK (singleton)
);

CREATE TABLE app.idempotency_keys (
    account_id uuid NOT NULL,
    key text NOT NULL,
    route text NOT NULL,
    request_hash bytea NOT NULL,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);

ALTER TABLE ONLY app.idempotency_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE app.job_workers (
    id bigint NOT NULL,
    name text NOT NULL,
    polling boolean DEFAULT false NOT NULL,
    lease_until timestamp with time zone NOT NULL,
    swept_at timestamp with time zone
)
WITH (fillfactor='50');

COMMENT ON COLUMN app.job_workers.polling IS 'looks for jobs every few milliseconds; enqueuing then needs no NOTIFY';

ALTER TABLE app.job_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.job_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE app.jobs (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    run_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    died_at timestamp with time zone,
    worker bigint,
    fence integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    priority smallint DEFAULT 0 NOT NULL,
    state text NOT NULL,
    kind text NOT NULL,
    unique_key text,
    args json NOT NULL,
    errors jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT jobs_state_check CHECK (
CASE state
    WHEN 'ready'::text THEN (died_at IS NULL)
    WHEN 'waiting'::text THEN ((died_at IS NULL) AND (worker IS NULL))
    WHEN 'dead'::text THEN ((died_at IS NOT NULL) AND (worker IS NULL))
    ELSE false
END),
    CONSTRAINT jobs_unique_key_check CHECK (((length(unique_key) >= 1) AND (length(unique_key) <= 300)))
)
WITH (fillfactor='45', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='10000', autovacuum_vacuum_insert_scale_factor='0', autovacuum_vacuum_insert_threshold='100000', autovacuum_analyze_scale_factor='0.5', autovacuum_analyze_threshold='50000', autovacuum_vacuum_cost_delay='0');

ALTER TABLE ONLY app.jobs FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN app.jobs.account_id IS 'the nil UUID: the job of no account';

COMMENT ON COLUMN app.jobs.fence IS 'counts claims; a worker that lost a job no longer knows its number';

COMMENT ON COLUMN app.jobs.attempts IS 'runs that failed, or took their worker with them';

CREATE TABLE app.migrations (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT migrations_version_check CHECK ((version > 0))
);

CREATE TABLE app.schedules (
    name text NOT NULL,
    last_tick timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.accounts (
    id uuid NOT NULL,
    parent_id uuid,
    kind text NOT NULL,
    name text NOT NULL,
    agent_code text NOT NULL,
    zone text DEFAULT 'America/New_York'::text NOT NULL,
    from_email text,
    from_name text,
    reply_to text,
    signature text,
    postal_address text,
    quiet_from smallint DEFAULT 480 NOT NULL,
    quiet_until smallint DEFAULT 1260 NOT NULL,
    daily_cap smallint DEFAULT 3 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_check CHECK ((quiet_from < quiet_until)),
    CONSTRAINT accounts_check1 CHECK ((parent_id <> id)),
    CONSTRAINT accounts_daily_cap_check CHECK (((daily_cap >= 1) AND (daily_cap <= 50))),
    CONSTRAINT accounts_kind_check CHECK ((kind = ANY (ARRAY['agency'::text, 'business'::text]))),
    CONSTRAINT accounts_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439))),
    CONSTRAINT accounts_quiet_until_check CHECK (((quiet_until >= 1) AND (quiet_until <= 1440)))
);

ALTER TABLE ONLY public.accounts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ai_runs (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    purpose text NOT NULL,
    contact_id uuid,
    task_id uuid,
    model text,
    prompt text NOT NULL,
    output text,
    latency_ms integer NOT NULL,
    fallback boolean NOT NULL,
    error text,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.ai_runs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contacts (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    phone text,
    phone_e164 text,
    property_address text NOT NULL,
    property_type text NOT NULL,
    stage text NOT NULL,
    notes text,
    custom_fields jsonb DEFAULT '{}'::jsonb NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    zone text,
    unsubscribed_at timestamp with time zone,
    unsubscribed_reason text,
    last_contacted timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    search text GENERATED ALWAYS AS (lower(((((((((((name || ' '::text) || email) || ' '::text) || property_address) || ' '::text) || COALESCE(phone_e164, ''::text)) || ' '::text) || COALESCE(regexp_replace(phone, '\D'::text, ''::text, 'g'::text), ''::text)) || ' '::text) || COALESCE(notes, ''::text)))) STORED,
    CONSTRAINT contacts_check CHECK (((unsubscribed_at IS NULL) = (unsubscribed_reason IS NULL))),
    CONSTRAINT contacts_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text)),
    CONSTRAINT contacts_property_type_check CHECK ((property_type = ANY (ARRAY['residential'::text, 'commercial'::text, 'land'::text, 'other'::text]))),
    CONSTRAINT contacts_stage_check CHECK ((stage = ANY (ARRAY['lead'::text, 'negotiating'::text, 'under_contract'::text, 'closed'::text, 'lost'::text])))
);

ALTER TABLE ONLY public.contacts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.counter_changes (
    account_id uuid NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    bucket timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    change bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.05', autovacuum_vacuum_threshold='1000');

ALTER TABLE ONLY public.counter_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.counter_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.counter_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.counters (
    account_id uuid NOT NULL,
    name text NOT NULL,
    bucket timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    value bigint NOT NULL
);

ALTER TABLE ONLY public.counters FORCE ROW LEVEL SECURITY;

CREATE TABLE public.credentials (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    hash text NOT NULL,
    name text NOT NULL,
    prefix text DEFAULT ''::text NOT NULL,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    address text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_reason text,
    CONSTRAINT credentials_check CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
    CONSTRAINT credentials_check1 CHECK (((kind = 'session'::text) = (expires_at IS NOT NULL))),
    CONSTRAINT credentials_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT credentials_kind_check CHECK ((kind = ANY (ARRAY['session'::text, 'api_key'::text])))
);

ALTER TABLE ONLY public.credentials FORCE ROW LEVEL SECURITY;

CREATE TABLE public.events (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    contact_id uuid,
    task_id uuid,
    message_id uuid,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text DEFAULT ''::text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    trace_id text DEFAULT ''::text NOT NULL,
    ip text,
    CONSTRAINT events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'api_key'::text, 'contact'::text, 'provider'::text, 'system'::text])))
);

ALTER TABLE ONLY public.events FORCE ROW LEVEL SECURITY;

CREATE TABLE public.inbound_webhooks (
    id uuid NOT NULL,
    provider text NOT NULL,
    body bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    processed_at timestamp with time zone,
    outcome jsonb
);

ALTER TABLE ONLY public.inbound_webhooks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.journeys (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    template text NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    end_reason text,
    CONSTRAINT journeys_check CHECK (((status = 'in_progress'::text) = (ended_at IS NULL))),
    CONSTRAINT journeys_status_check CHECK ((status = ANY (ARRAY['in_progress'::text, 'stopped'::text, 'completed'::text])))
);

ALTER TABLE ONLY public.journeys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.memberships (
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'staff'::text, 'agent'::text, 'assistant'::text])))
);

ALTER TABLE ONLY public.memberships FORCE ROW LEVEL SECURITY;

CREATE TABLE public.message_events (
    account_id uuid NOT NULL,
    message_id uuid NOT NULL,
    provider_event_id text NOT NULL,
    event text NOT NULL,
    at timestamp with time zone NOT NULL,
    ip text,
    useragent text,
    url text,
    machine boolean DEFAULT false NOT NULL,
    data jsonb NOT NULL,
    received_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.message_events FORCE ROW LEVEL SECURITY;

CREATE TABLE public.messages (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    task_id uuid,
    channel text DEFAULT 'email'::text NOT NULL,
    class text NOT NULL,
    cause_key text NOT NULL,
    from_email text NOT NULL,
    from_name text NOT NULL,
    reply_to text,
    to_email text NOT NULL,
    to_name text NOT NULL,
    subject text NOT NULL,
    body_html text NOT NULL,
    body_text text NOT NULL,
    source text NOT NULL,
    status text NOT NULL,
    dispatch text NOT NULL,
    sending_since timestamp with time zone,
    held_until timestamp with time zone,
    hold_reason text,
    provider text,
    provider_message_id text,
    error_message text,
    retry_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    delivered_at timestamp with time zone,
    opened_at timestamp with time zone,
    clicked_at timestamp with time zone,
    person_opened_at timestamp with time zone,
    person_clicked_at timestamp with time zone,
    CONSTRAINT messages_channel_check CHECK ((channel = 'email'::text)),
    CONSTRAINT messages_check CHECK (((dispatch = 'sending'::text) <= (sending_since IS NOT NULL))),
    CONSTRAINT messages_class_check CHECK ((class = ANY (ARRAY['followup'::text, 'personal'::text]))),
    CONSTRAINT messages_dispatch_check CHECK ((dispatch = ANY (ARRAY['waiting'::text, 'sending'::text, 'ambiguous'::text, 'done'::text]))),
    CONSTRAINT messages_source_check CHECK ((source = ANY (ARRAY['ai'::text, 'template'::text, 'person'::text]))),
    CONSTRAINT messages_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'opened'::text, 'clicked'::text, 'bounced'::text, 'failed'::text, 'dropped'::text, 'spamreport'::text, 'deferred'::text])))
);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sign_in_failures (
    key text NOT NULL,
    failures integer NOT NULL,
    locks integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    locked_until timestamp with time zone
);

CREATE TABLE public.suppressions (
    account_id uuid NOT NULL,
    channel text NOT NULL,
    address_key text NOT NULL,
    reason text NOT NULL,
    message_id uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT suppressions_channel_check CHECK ((channel = 'email'::text)),
    CONSTRAINT suppressions_reason_check CHECK ((reason = ANY (ARRAY['bounce'::text, 'complaint'::text, 'unsubscribe'::text, 'manual'::text])))
);

ALTER TABLE ONLY public.suppressions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.tasks (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    journey_id uuid,
    followup_type text NOT NULL,
    scheduled_for timestamp with time zone NOT NULL,
    status text NOT NULL,
    priority text NOT NULL,
    notes text,
    channel text DEFAULT 'email'::text NOT NULL,
    mode text DEFAULT 'automatic'::text NOT NULL,
    message_id uuid,
    reason text,
    held_until timestamp with time zone,
    dispatched_at timestamp with time zone,
    failed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone,
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT tasks_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'whatsapp'::text, 'call'::text, 'note'::text]))),
    CONSTRAINT tasks_check CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT tasks_followup_type_check CHECK ((followup_type = ANY (ARRAY['Day 1'::text, 'Day 3'::text, 'Week 1'::text, 'Week 2'::text, 'Month 1'::text, 'Custom'::text]))),
    CONSTRAINT tasks_mode_check CHECK ((mode = ANY (ARRAY['automatic'::text, 'approve'::text, 'manual'::text]))),
    CONSTRAINT tasks_priority_check CHECK ((priority = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT tasks_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'completed'::text, 'skipped'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.tasks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.users (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    password_hash text,
    email_verified_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.users FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY app.clock
    ADD CONSTRAINT clock_pkey PRIMARY KEY (singleton);

ALTER TABLE ONLY app.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (account_id, key, route);

ALTER TABLE ONLY app.job_workers
    ADD CONSTRAINT job_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY app.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY app.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY app.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_runs
    ADD CONSTRAINT ai_runs_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.counter_changes
    ADD CONSTRAINT counter_changes_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_pkey PRIMARY KEY (account_id, name, bucket);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.inbound_webhooks
    ADD CONSTRAINT inbound_webhooks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journeys
    ADD CONSTRAINT journeys_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (account_id, user_id);

ALTER TABLE ONLY public.message_events
    ADD CONSTRAINT message_events_pkey PRIMARY KEY (account_id, message_id, provider_event_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.sign_in_failures
    ADD CONSTRAINT sign_in_failures_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_pkey PRIMARY KEY (account_id, channel, address_key);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

CREATE INDEX idempotency_keys_created_at ON app.idempotency_keys USING btree (created_at);

CREATE INDEX jobs_dead ON app.jobs USING btree (account_id, died_at, id) WHERE (state = 'dead'::text);

CREATE INDEX jobs_ready ON app.jobs USING btree (account_id, priority, run_at) WHERE (state = 'ready'::text);

CREATE UNIQUE INDEX jobs_unique_key ON app.jobs USING btree (account_id, kind, unique_key) WHERE ((unique_key IS NOT NULL) AND (state <> 'dead'::text));

CREATE INDEX jobs_waiting ON app.jobs USING btree (run_at) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX accounts_agent_code_key ON public.accounts USING btree (agent_code);

CREATE INDEX accounts_parent ON public.accounts USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX ai_runs_contact ON public.ai_runs USING btree (account_id, contact_id, created_at DESC);

CREATE UNIQUE INDEX contacts_email_key ON public.contacts USING btree (account_id, email_key) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_last_contacted ON public.contacts USING btree (account_id, COALESCE(last_contacted, '-infinity'::timestamp with time zone), id) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_name ON public.contacts USING btree (account_id, lower(name), id) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_newest ON public.contacts USING btree (account_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX contacts_phone_key ON public.contacts USING btree (account_id, phone_e164) WHERE ((deleted_at IS NULL) AND (phone_e164 IS NOT NULL));

CREATE INDEX contacts_search ON public.contacts USING gin (account_id, search public.gin_trgm_ops) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_stage ON public.contacts USING btree (account_id, stage, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_tags ON public.contacts USING gin (account_id, tags) WHERE (deleted_at IS NULL);

CREATE INDEX credentials_ended ON public.credentials USING btree (COALESCE(ended_at, expires_at)) WHERE (COALESCE(ended_at, expires_at) IS NOT NULL);

CREATE INDEX credentials_hash ON public.credentials USING btree (hash);

CREATE INDEX credentials_user ON public.credentials USING btree (account_id, user_id, created_at);

CREATE INDEX events_contact ON public.events USING btree (account_id, contact_id, at DESC, id DESC) WHERE (contact_id IS NOT NULL);

CREATE INDEX events_newest ON public.events USING btree (account_id, at DESC, id DESC);

CREATE INDEX inbound_webhooks_received ON public.inbound_webhooks USING btree (received_at);

CREATE UNIQUE INDEX journeys_template_key ON public.journeys USING btree (account_id, contact_id, template) WHERE (status = 'in_progress'::text);

CREATE INDEX memberships_user ON public.memberships USING btree (user_id);

CREATE UNIQUE INDEX messages_cause_key ON public.messages USING btree (account_id, cause_key);

CREATE INDEX messages_contact ON public.messages USING btree (account_id, contact_id, created_at DESC, id DESC);

CREATE INDEX messages_id ON public.messages USING btree (id);

CREATE INDEX messages_newest ON public.messages USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX messages_provider_id ON public.messages USING btree (provider_message_id) WHERE (provider_message_id IS NOT NULL);

CREATE INDEX messages_sent ON public.messages USING btree (account_id, contact_id, sent_at) WHERE (sent_at IS NOT NULL);

CREATE INDEX messages_status ON public.messages USING btree (account_id, status, created_at DESC, id DESC);

CREATE INDEX messages_unsettled ON public.messages USING btree (sending_since) WHERE (dispatch = ANY (ARRAY['sending'::text, 'ambiguous'::text]));

CREATE INDEX sign_in_failures_last ON public.sign_in_failures USING btree (last_at);

CREATE INDEX tasks_contact ON public.tasks USING btree (account_id, contact_id, scheduled_for) WHERE (deleted_at IS NULL);

CREATE INDEX tasks_due ON public.tasks USING btree (scheduled_for) WHERE ((status = 'pending'::text) AND (mode = 'automatic'::text) AND (dispatched_at IS NULL) AND (failed_at IS NULL) AND (deleted_at IS NULL));

CREATE INDEX tasks_failed ON public.tasks USING btree (account_id, failed_at) WHERE ((failed_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX tasks_scheduled ON public.tasks USING btree (account_id, scheduled_for, id) WHERE (deleted_at IS NULL);

CREATE INDEX tasks_status ON public.tasks USING btree (account_id, status, scheduled_for, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX tasks_step_key ON public.tasks USING btree (account_id, journey_id, followup_type) WHERE (journey_id IS NOT NULL);

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (email_key);

CREATE TRIGGER tell AFTER INSERT OR UPDATE ON app.clock FOR EACH ROW EXECUTE FUNCTION app.tell_clock();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION app.events_are_append_only();

CREATE TRIGGER count_inserts AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_contacts();

CREATE TRIGGER count_inserts AFTER INSERT ON public.messages REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_new_messages();

CREATE TRIGGER count_inserts AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_tasks();

CREATE TRIGGER count_updates AFTER UPDATE ON public.contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_contacts();

CREATE TRIGGER count_updates AFTER UPDATE ON public.messages REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_messages();

CREATE TRIGGER count_updates AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_tasks();

CREATE TRIGGER end_credentials AFTER UPDATE OF role ON public.memberships FOR EACH ROW WHEN ((old.role IS DISTINCT FROM new.role)) EXECUTE FUNCTION app.end_credentials_of_old_role();

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.ai_runs
    ADD CONSTRAINT ai_runs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_account_id_user_id_fkey FOREIGN KEY (account_id, user_id) REFERENCES public.memberships(account_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.journeys
    ADD CONSTRAINT journeys_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.message_events
    ADD CONSTRAINT message_events_account_id_message_id_fkey FOREIGN KEY (account_id, message_id) REFERENCES public.messages(account_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_account_id_task_id_fkey FOREIGN KEY (account_id, task_id) REFERENCES public.tasks(account_id, id);

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_account_id_journey_id_fkey FOREIGN KEY (account_id, journey_id) REFERENCES public.journeys(account_id, id);

ALTER TABLE app.idempotency_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON app.idempotency_keys USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON app.jobs USING ((( SELECT app.everyone() AS everyone) OR (account_id = ( SELECT app.account() AS account)))) WITH CHECK ((( SELECT app.everyone() AS everyone) OR (account_id = ( SELECT app.account() AS account))));

ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.counter_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.counters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.credentials ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.events ENABLE ROW LEVEL SECURITY;

CREATE POLICY everyone ON public.inbound_webhooks USING (app.everyone()) WITH CHECK (app.everyone());

ALTER TABLE public.inbound_webhooks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.journeys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.suppressions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tasks ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON public.accounts USING (((id = app.account()) OR app.everyone())) WITH CHECK (((id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.ai_runs USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.contacts USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.counter_changes USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.counters USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.credentials USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.events USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.journeys USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.memberships USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.message_events USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.messages USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.suppressions USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.tasks USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.users USING ((app.everyone() OR (EXISTS ( SELECT
   FROM public.memberships m
  WHERE ((m.account_id = app.account()) AND (m.user_id = users.id)))))) WITH CHECK (app.everyone());

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA app TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.clock TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.idempotency_keys TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.job_workers TO doorstep_app;

GRANT SELECT,USAGE ON SEQUENCE app.job_workers_id_seq TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.jobs TO doorstep_app;

GRANT SELECT ON TABLE app.migrations TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.schedules TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_runs TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.counter_changes TO doorstep_app;

GRANT SELECT,USAGE ON SEQUENCE public.counter_changes_id_seq TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.counters TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credentials TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.events TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_webhooks TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.journeys TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_events TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_failures TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.suppressions TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tasks TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO doorstep_app;

