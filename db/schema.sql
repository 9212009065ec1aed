CREATE SCHEMA app;

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE DOMAIN app.live_credential AS text NOT NULL;

CREATE FUNCTION app.account() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.account'::text, true), ''::text))::uuid;

CREATE FUNCTION app.account_parts() RETURNS TABLE(name name, rows text)
    LANGUAGE sql IMMUTABLE
    AS $_$
    values
        ('accounts'::name, 'select id, to_jsonb(a) as data from accounts a where id = $1'),
        ('businesses', 'select id, to_jsonb(a) as data from accounts a where parent_id = $1'),
        ('client_profiles',
         'select business_id as id, to_jsonb(p) as data from client_profiles p where business_id = $1 or agency_id = $1'),
        ('members',
         'select u.id, to_jsonb(m) || jsonb_build_object(''name'', u.name, ''email'', u.email) as data'
         ' from memberships m join users u on u.id = m.user_id where m.account_id = $1')
    union all
    select small, format('select md5(t::text)::uuid as id, to_jsonb(t) as data from %I t where account_id = $1', small)
    from unnest(array['digest_preferences', 'notice_preferences', 'onboarding_plans', 'retention', 'task_drafts', 'today_skips',
                      'view_choices']::name[]) small
$_$;

CREATE FUNCTION app.account_tables() RETURNS SETOF name
    LANGUAGE sql STABLE
    AS $$
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and c.relname not in ('credentials', 'contact_words', 'contact_spellings', 'note_words', 'counter_changes', 'merge_rows')
        and 2 = (
            select count(*) from pg_attribute a
            where a.attrelid = c.oid and a.attname in ('account_id', 'id') and not a.attisdropped and a.atttypid = 'uuid'::regtype
        )
    union
    select p.name from app.account_parts() p
    order by 1
$$;

CREATE FUNCTION app.addresses_of(account uuid, contact uuid) RETURNS SETOF text
    LANGUAGE sql STABLE
    AS $$
    select email_key from contacts where account_id = account and id = contact and email_key is not null
    union
    select key from contact_points where account_id = account and contact_id = contact and kind = 'email'
    union
    select lower(to_email) from messages where account_id = account and contact_id = contact
$$;

CREATE FUNCTION app.analyze_contacts() RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    SET lock_timeout TO '2s'
    AS $$
begin
    analyze contacts;
    analyze contact_words;
    analyze contact_spellings;
    analyze events;
    analyze stage_changes;
    analyze import_rows;
    return true;
exception when lock_not_available then
    return false;
end
$$;

CREATE FUNCTION app.analyze_grown() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    SET lock_timeout TO '100ms'
    AS $$
declare
    grown regclass;
    done integer := 0;
begin
    for grown in
        select c.oid from pg_stat_all_tables s join pg_class c on c.oid = s.relid
        where s.schemaname in ('public', 'app') and c.relkind = 'r'
            and s.n_mod_since_analyze > greatest(100, c.reltuples / 5)
        order by s.n_mod_since_analyze / greatest(c.reltuples, 1) desc
    loop
        exit when clock_timestamp() > statement_timestamp() + interval '5 seconds';
        begin
            execute format('analyze %s', grown);
            done := done + 1;
        exception when lock_not_available then
            null;
        end;
    end loop;
    return done;
end
$$;

CREATE TABLE public.audit_log (
    account_id uuid NOT NULL,
    seq bigint NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    action text NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    actor_account_id uuid,
    acted_in_account_id uuid,
    subject_kind text NOT NULL,
    subject_id uuid,
    subject_name text NOT NULL,
    before jsonb,
    after jsonb,
    ip text,
    user_agent text,
    trace_id text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT audit_log_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'api_key'::text, 'contact'::text, 'provider'::text, 'system'::text]))),
    CONSTRAINT audit_log_check CHECK (((actor_account_id IS NULL) = (acted_in_account_id IS NULL))),
    CONSTRAINT audit_log_hash_check CHECK ((length(hash) = 64))
);

ALTER TABLE ONLY public.audit_log FORCE ROW LEVEL SECURITY;

CREATE FUNCTION app.audit_hash(entry public.audit_log) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    select encode(sha256(convert_to(jsonb_build_array(
        entry.previous_hash, entry.account_id, entry.seq, entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.action,
        entry.actor_kind, entry.actor_id, entry.actor_name, entry.actor_account_id, entry.acted_in_account_id, entry.subject_kind,
        entry.subject_id, entry.subject_name, entry.before, entry.after, entry.ip, entry.user_agent, entry.trace_id
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION app.audit_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'the security log is append-only' using errcode = 'insufficient_privilege';
end
$$;

CREATE FUNCTION app.board_rank(at timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select lpad(to_hex(9007199254740992 - (extract(epoch from at) * 1000000)::bigint), 14, '0') || '8'
$$;

CREATE FUNCTION app.board_rank(at timestamp with time zone, number bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select app.board_rank(at) || lpad(to_hex(number), 5, '0') || '8'
$$;

CREATE FUNCTION app.chain_audit() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    last audit_log;
begin
    perform pg_advisory_xact_lock(hashtextextended('audit ' || new.account_id, 0));
    select * into last from audit_log where account_id = new.account_id order by seq desc limit 1;
    new.seq := coalesce(last.seq, 0) + 1;
    new.previous_hash := coalesce(last.hash, repeat('0', 64));
    new.hash := app.audit_hash(new);
    return new;
end
$$;

CREATE FUNCTION app.contact_counter(stage text, deleted timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    select case when deleted is null then 'clients:' else 'deleted_clients:' end || stage
$$;

CREATE FUNCTION app.contact_data(account uuid, contact uuid) RETURNS TABLE(name text, rows jsonb)
    LANGUAGE plpgsql STABLE
    AS $_$
declare
    source_table name;
begin
    for source_table in select app.contact_tables() union all select 'events' loop
        return query execute format(
            'select %L::text, jsonb_agg(app.without_secrets(to_jsonb(t)) order by t.id) from public.%I t'
            ' where t.account_id = $1 and t.contact_id = $2 having count(*) > 0', source_table, source_table
        ) using account, contact;
    end loop;
end
$_$;

CREATE FUNCTION app.contact_tables() RETURNS SETOF name
    LANGUAGE sql STABLE
    AS $$
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('events', 'merges')
        and 3 = (
            select count(*) from pg_attribute a
            where a.attrelid = c.oid and a.attname in ('account_id', 'id', 'contact_id') and not a.attisdropped
                and a.atttypid = 'uuid'::regtype
        )
    order by 1
$$;

CREATE TABLE public.contacts (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    email text,
    email_key text,
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
    board_rank text NOT NULL COLLATE pg_catalog."C",
    assigned_to uuid,
    merged_into uuid,
    CONSTRAINT contacts_check CHECK (((unsubscribed_at IS NULL) = (unsubscribed_reason IS NULL))),
    CONSTRAINT contacts_custom_fields_check CHECK ((jsonb_typeof(custom_fields) = 'object'::text)),
    CONSTRAINT contacts_email_check CHECK (((email IS NULL) = (email_key IS NULL))),
    CONSTRAINT contacts_property_type_check CHECK ((property_type = ANY (ARRAY['residential'::text, 'commercial'::text, 'land'::text, 'other'::text]))),
    CONSTRAINT contacts_reachable CHECK (((email IS NOT NULL) OR (phone IS NOT NULL))),
    CONSTRAINT contacts_stage_check CHECK ((stage = ANY (ARRAY['lead'::text, 'negotiating'::text, 'under_contract'::text, 'closed'::text, 'lost'::text])))
);

ALTER TABLE ONLY public.contacts FORCE ROW LEVEL SECURITY;

CREATE FUNCTION app.contact_words(c public.contacts) RETURNS TABLE(word text, weight integer)
    LANGUAGE sql STABLE ROWS 15 PARALLEL SAFE
    AS $$
    select found.word, max(found.weight) from (
        select w, v.weight
        from (values (c.name, 5), (c.email, 3), (c.property_address, 2), (c.notes, 1)) v (content, weight)
        cross join lateral string_to_table(app.plain(v.content), ' ') w
        where w <> '' and length(w) <= 60
        union all
        select right(digits.all_of, n), 4
        from (select coalesce(ltrim(c.phone_e164, '+'), regexp_replace(c.phone, '\D', '', 'g'))) digits (all_of),
            unnest(array[4, 7, 10, 20]) n
        where length(digits.all_of) >= 4
        union all
        select app.fold(c.email), 3 where c.email is not null
        union all
        select '#' || tag, 0 from unnest(c.tags) tag where c.tags <> '{}'
        union all
        select left('=' || f.key || '=' || lower(f.value), 200), 0
        from jsonb_each_text(c.custom_fields) f where c.custom_fields <> '{}' and f.value is not null
        union all
        select left('=' || f.key || '>' || app.in_order(f.value::numeric), 200), 0
        from jsonb_each(c.custom_fields) f where c.custom_fields <> '{}' and jsonb_typeof(f.value) = 'number'
        union all
        select w, 1 from unnest(c.tags) tag cross join lateral string_to_table(app.plain(tag), ' ') w
        where c.tags <> '{}' and w <> '' and length(w) <= 60
        union all
        select p.word, p.weight from contact_points o cross join lateral app.point_words(o.kind, o.value, o.key) p
        where o.account_id = c.account_id and o.contact_id = c.id
    ) found (word, weight)
    where c.deleted_at is null
    group by found.word
$$;

CREATE FUNCTION app.count_contacts() RETURNS trigger
    LANGUAGE plpgsql
    SET jit TO 'off'
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

CREATE FUNCTION app.count_gone_contacts() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into counter_changes (account_id, name, change)
    select account_id, app.contact_counter(stage, deleted_at), -count(*) from old_rows group by 1, 2;
    insert into counter_changes (account_id, name, change)
    select account_id, 'tag:' || tag, -count(*) from old_rows cross join lateral unnest(tags) tag
    where deleted_at is null group by 1, 2;
    return null;
end
$$;

CREATE FUNCTION app.count_gone_tasks() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into counter_changes (account_id, name, change)
    select account_id, 'tasks:' || status, -count(*) from old_rows where deleted_at is null group by 1, 2;
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

CREATE FUNCTION app.count_tags() RETURNS trigger
    LANGUAGE plpgsql
    SET jit TO 'off'
    AS $$
begin
    if tg_op = 'INSERT' then
        insert into counter_changes (account_id, name, change)
        select account_id, 'tag:' || tag, count(*) from new_rows cross join lateral unnest(tags) tag
        where deleted_at is null group by 1, 2;
    else
        insert into counter_changes (account_id, name, change)
        select account_id, name, sum(change) from (
            select n.account_id, 'tag:' || tag as name, 1 as change
            from new_rows n cross join lateral unnest(n.tags) tag where n.deleted_at is null
            union all
            select o.account_id, 'tag:' || tag, -1
            from old_rows o cross join lateral unnest(o.tags) tag where o.deleted_at is null
        ) both_sides group by 1, 2 having sum(change) <> 0;
    end if;
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

CREATE FUNCTION app.end_calendar_of_deactivated() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    delete from google_credentials where account_id = new.account_id and user_id = new.user_id;
    delete from google_consents where account_id = new.account_id and user_id = new.user_id;
    return null;
end
$$;

CREATE FUNCTION app.end_credentials_of_deactivated() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    update credentials set ended_at = greatest(new.deactivated_at, created_at), end_reason = 'deactivated'
     where account_id = new.account_id and user_id = new.user_id and ended_at is null;
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

CREATE FUNCTION app.end_google_grant() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into google_revocations (account_id, user_id, issuer, subject, refresh_sealed)
    values (old.account_id, old.user_id, old.issuer, old.subject, old.refresh_sealed);
    return null;
end
$$;

CREATE FUNCTION app.erase_contact(account uuid, contact uuid) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
declare
    counts jsonb := '{}';
    part record;
    target_table name;
    ids uuid[];
    person contacts;
    addresses text[];
    words text[];
begin
    select c.* into person from contacts c where c.account_id = account and c.id = contact;
    person.deleted_at := null; -- the deleted have no words
    select array_agg(distinct w.word) into words from app.contact_words(person) w where w.weight in (2, 5);
    addresses := array(select app.addresses_of(account, contact));

    perform app.erase_mentions(account, contact, person.name, addresses || contact::text || array(
        select id::text from messages where account_id = account and contact_id = contact
        union all
        select id::text from tasks where account_id = account and contact_id = contact
    ));

    perform set_config('app.erasing', contact::text, true);
    delete from bulk_rows where account_id = account and contact_id = contact;
    delete from import_rows where account_id = account and (contact_id = contact or (
        outcome in ('bad', 'skipped') and (
            lower(cells::text || reasons::text) like any (
                select '%' || replace(replace(replace(address, '\', '\\'), '_', '\_'), '%', '\%') || '%' from unnest(addresses) address
            ) or exists (select from unnest(cells) cell where app.is_number(cell, person.phone_e164))
        )
    ));
    update import_rows set cells = '{}', reasons = '{}' where account_id = account and cells <> '{}' and (
        position(lower(person.name) in lower(array_to_string(reasons, ' '))) > 0 or lower(cells::text || reasons::text) like any (
            select '%' || replace(replace(replace(address, '\', '\\'), '_', '\_'), '%', '\%') || '%' from unnest(addresses) address
        ) or exists (select from unnest(cells) cell where app.is_number(cell, person.phone_e164))
    );
    update contacts set merged_into = null where account_id = account and merged_into = contact;
    for target_table in select app.contact_tables() union all select 'events' union all select 'contacts' loop
        if target_table = 'contacts' then
            ids := array[contact];
        else
            execute format('select array_agg(t.id) from public.%I t where t.account_id = $1 and t.contact_id = $2', target_table)
                into ids using account, contact;
        end if;
        for part in select * from app.erase_rows(account, target_table, ids) loop
            counts := counts || jsonb_build_object(part.name, coalesce((counts ->> part.name)::bigint, 0) + part.rows);
        end loop;
    end loop;
    perform set_config('app.erasing', '', true);

    delete from suppressions s where s.account_id = account and s.address_key = any (addresses) and not exists (
        select from contacts c where c.account_id = account and c.email_key = s.address_key and c.deleted_at is null
    );
    delete from contact_spellings s using unnest(words) spelt (word), lateral app.spellings(spelt.word) form (variant)
    where s.account_id = account and s.variant = form.variant collate "C" and s.word = spelt.word collate "C" and not exists (
        select from contact_words w where w.account_id = account and w.word = spelt.word collate "C"
    );
    return counts;
end
$_$;

CREATE FUNCTION app.erase_mentions(account uuid, contact uuid, person_name text, traces text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    quoted text := lower(to_jsonb(person_name)::text);
    letters uuid[];
begin
    delete from notices n where n.account_id = account and (
        position(quoted in lower(n.facts::text)) > 0 or exists (
            select from unnest(traces) trace where position(trace in lower(n.facts::text || ' ' || n.link)) > 0
        )
    );
    letters := array(
        select l.id from email_logs l where l.account_id = account and (
            position(quoted in lower(l.facts::text)) > 0 or exists (
                select from unnest(traces) trace where position(trace in lower(l.facts::text || ' ' || coalesce(l.subject, ''))) > 0
            )
        )
    );
    delete from email_log_events where account_id = account and log_id = any (letters);
    delete from email_logs where account_id = account and id = any (letters);
    update bulk_jobs b set arguments = replace(b.arguments::text, contact::text, '00000000-0000-0000-0000-000000000000')::jsonb
    where b.account_id = account and position(contact::text in b.arguments::text) > 0;
    delete from app.idempotency_keys k where k.account_id = account and exists (
        select from unnest(traces) trace where position(trace in lower(encode(k.body, 'escape'))) > 0
    );
    update imports i set columns = app.without_samples(i.columns)
    where i.account_id = account and (
        exists (select from import_rows r where r.account_id = account and r.import_id = i.id and r.contact_id = contact)
        or exists (select from unnest(traces) trace where position(trace in lower(i.columns::text)) > 0)
    );
end
$$;

CREATE FUNCTION app.erase_rows(account uuid, target name, ids uuid[]) RETURNS TABLE(name text, rows bigint)
    LANGUAGE plpgsql
    AS $_$
declare
    child record;
    child_ids uuid[];
    gone bigint;
begin
    if coalesce(cardinality(ids), 0) = 0 then
        return;
    end if;
    for child in
        select c.relname, a.attname, exists (
            select from pg_attribute i where i.attrelid = c.oid and i.attname = 'id' and not i.attisdropped
        ) as has_id
        from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        cross join lateral unnest(k.conkey, k.confkey) as pair (here, there)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there and b.attname = 'id'
        where k.contype = 'f' and k.confdeltype = 'a' and k.confrelid = format('public.%I', target)::regclass
            and k.conrelid <> k.confrelid
    loop
        if child.has_id then
            execute format('select array_agg(t.id) from public.%I t where t.account_id = $1 and t.%I = any ($2)', child.relname, child.attname)
                into child_ids using account, ids;
            return query select e.name, e.rows from app.erase_rows(account, child.relname, child_ids) e;
        else
            execute format('delete from public.%I t where t.account_id = $1 and t.%I = any ($2)', child.relname, child.attname)
                using account, ids;
            get diagnostics gone = row_count;
            return query select child.relname::text, gone where gone > 0;
        end if;
    end loop;
    execute format('delete from public.%I t where t.account_id = $1 and t.id = any ($2)', target) using account, ids;
    get diagnostics gone = row_count;
    return query select target::text, gone where gone > 0;
end
$_$;

CREATE FUNCTION app.events_are_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'DELETE' and old.contact_id is not null
        and old.contact_id::text = current_setting('app.erasing', true) then
        return old;
    end if;
    raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end
$$;

CREATE FUNCTION app.everyone() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((current_setting('app.everyone'::text, true) = 'on'::text), false);

CREATE FUNCTION app.fold(word text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    select left(lower(unaccent(word)), 60)
$$;

CREATE FUNCTION app.forget_webhooks(addresses text[]) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
declare
    before text := coalesce(current_setting('app.everyone', true), '');
    gone bigint;
begin
    perform set_config('app.everyone', 'on', true);
    update inbound_webhooks w set body = ''
    where w.processed_at is not null and w.body <> '' and exists (
        select from unnest(addresses) address
        where position(address in lower(encode(w.body, 'escape'))) > 0
            or position(replace(address, '@', '%40') in lower(encode(w.body, 'escape'))) > 0
    );
    get diagnostics gone = row_count;
    perform set_config('app.everyone', before, true);
    return gone;
end
$$;

CREATE FUNCTION app.give_letters(account uuid, contact uuid, email_key text) RETURNS void
    LANGUAGE sql
    AS $$
    with given as (
        update received_emails r set contact_id = contact
        where r.account_id = account and r.contact_id is null and lower(r.from_email) = give_letters.email_key
        returning r.kind, r.received_at
    )
    update contacts c set last_contacted = greatest(c.last_contacted, talk.at)
    from (select max(received_at) as at from given where kind = 'reply') talk
    where c.account_id = account and c.id = contact and talk.at is not null
$$;

CREATE FUNCTION app.give_letters_to_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform app.give_letters(new.account_id, new.id, new.email_key);
    return null;
end
$$;

CREATE FUNCTION app.give_letters_to_new() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform app.give_letters(n.account_id, n.id, n.email_key) from new_rows n
    where n.email_key is not null and n.deleted_at is null and exists (
        select from received_emails r
        where r.account_id = n.account_id and r.contact_id is null and lower(r.from_email) = n.email_key
    );
    return null;
end
$$;

CREATE FUNCTION app.in_order(n numeric) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select lpad(to_hex((case when bits & b'1'::bit(64) <> 0::bit(64) then ~bits else bits | b'1'::bit(64) end)::bigint), 16, '0')
    from (
        select ('x' || encode(float8send(greatest(least(n, 1e308), -1e308)::float8), 'hex'))::bit(64) as bits
    ) ieee754
$$;

CREATE FUNCTION app.index_contacts() RETURNS trigger
    LANGUAGE plpgsql
    SET jit TO 'off'
    AS $$
begin
    if tg_op = 'UPDATE' then
        with gone as materialized (
            select account_id, id, w.word from old_rows o join new_rows n using (account_id, id) cross join lateral (
                select word, weight from app.contact_words(o) except select word, weight from app.contact_words(n)
            ) w
            where (o.name, o.email, o.phone, o.phone_e164, o.property_address, o.notes, o.tags, o.custom_fields, o.deleted_at)
                is distinct from
                (n.name, n.email, n.phone, n.phone_e164, n.property_address, n.notes, n.tags, n.custom_fields, n.deleted_at)
        )
        delete from contact_words where ctid = any (array(
            select place from gone g cross join lateral (
                select w.ctid as place from contact_words w
                where w.account_id = g.account_id and w.word = g.word collate "C" and w.contact_id = g.id
                offset 0
            ) found
        ));
        with fresh as materialized (
            select account_id, id, w.word, w.weight from old_rows o join new_rows n using (account_id, id) cross join lateral (
                select word, weight from app.contact_words(n) except select word, weight from app.contact_words(o)
            ) w
            where (o.name, o.email, o.phone, o.phone_e164, o.property_address, o.notes, o.tags, o.custom_fields, o.deleted_at)
                is distinct from
                (n.name, n.email, n.phone, n.phone_e164, n.property_address, n.notes, n.tags, n.custom_fields, n.deleted_at)
        ), kept as (
            insert into contact_words (account_id, word, contact_id, weight)
            select account_id, word, id, weight from fresh order by account_id, word, id on conflict do nothing
        )
        insert into contact_spellings (account_id, variant, word)
        select distinct f.account_id, s.variant, f.word from fresh f cross join lateral app.spellings(f.word) s (variant)
        where f.weight in (2, 5) and length(f.word) between 4 and 20 and f.word !~ '[0-9]'
        order by 1, 2, 3
        on conflict do nothing;
    elsif tg_op = 'INSERT' then
        with fresh as materialized (
            select n.account_id, n.id, nw.word, nw.weight from new_rows n cross join lateral app.contact_words(n) nw
        ), kept as (
            insert into contact_words (account_id, word, contact_id, weight)
            select account_id, word, id, weight from fresh order by account_id, word, id on conflict do nothing
        ), spelt as (
            select distinct account_id, word from fresh
            where weight in (2, 5) and length(word) between 4 and 20 and word !~ '[0-9]'
        )
        insert into contact_spellings (account_id, variant, word)
        select distinct s.account_id, v.variant, s.word from spelt s cross join lateral app.spellings(s.word) v (variant)
        where not exists (
            select from contact_spellings k where k.account_id = s.account_id and k.variant = s.word collate "C" and k.word = s.word collate "C"
        )
        order by 1, 2, 3
        on conflict do nothing;
    else
        delete from contact_words where ctid = any (array(
            select place from old_rows o cross join lateral app.contact_words(o) g cross join lateral (
                select w.ctid as place from contact_words w
                where w.account_id = o.account_id and w.word = g.word collate "C" and w.contact_id = o.id
                offset 0
            ) found
        ));
    end if;
    return null;
end
$$;

CREATE FUNCTION app.index_note() RETURNS trigger
    LANGUAGE plpgsql
    SET jit TO 'off'
    AS $$
begin
    delete from note_words where account_id = new.account_id and note_id = new.id;
    if new.deleted_at is null then
        insert into note_words (account_id, word, contact_id, note_id)
        select new.account_id, w, new.contact_id, new.id from app.words(new.body) w where length(w) > 2;
    end if;
    return null;
end
$$;

CREATE FUNCTION app.index_point() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op <> 'INSERT' then
        delete from contact_words w using app.point_words(old.kind, old.value, old.key) p
        where w.account_id = old.account_id and w.contact_id = old.contact_id and w.word = p.word collate "C" and not exists (
            select from contacts c cross join lateral app.contact_words(c) n
            where c.account_id = old.account_id and c.id = old.contact_id and n.word = p.word
        );
    end if;
    if tg_op <> 'DELETE' then
        insert into contact_words (account_id, word, contact_id, weight)
        select new.account_id, p.word, new.contact_id, p.weight from app.point_words(new.kind, new.value, new.key) p
        where exists (select from contacts c where c.account_id = new.account_id and c.id = new.contact_id and c.deleted_at is null)
        on conflict do nothing;
        if new.kind = 'email' then
            perform app.give_letters(new.account_id, new.contact_id, new.key);
        end if;
    end if;
    return null;
end
$$;

CREATE FUNCTION app.is_number(written text, e164 text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select length(digits) >= 7 and right(e164, length(digits)) = digits from regexp_replace(written, '\D', '', 'g') digits
$$;

CREATE FUNCTION app.move_contact_rows(account uuid, merge uuid, source uuid, target uuid) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
    target_table name;
    row_id uuid;
begin
    for target_table in select app.contact_tables() loop
        for row_id in execute format('select id from public.%I where account_id = $1 and contact_id = $2', target_table)
            using account, source
        loop
            begin
                execute format('update public.%I set contact_id = $3 where account_id = $1 and id = $2', target_table)
                    using account, row_id, target;
                insert into merge_rows values (account, merge, target_table, row_id);
            exception when unique_violation or exclusion_violation then
                null;
            end;
        end loop;
    end loop;
end
$_$;

CREATE FUNCTION app.news_of(kind text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select case kind
        when 'email_replied' then 'client_replied'
        when 'business_completed' then 'onboarding_complete'
        when 'onboarding_link_expired' then 'onboarding_expired'
        else kind
    end
$$;

CREATE FUNCTION app.no_credential_while_deactivated() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if exists (select from memberships
                where account_id = new.account_id and user_id = new.user_id and deactivated_at is not null) then
        return null;
    end if;
    return new;
end
$$;

CREATE FUNCTION app.notify(account uuid, notice uuid, what text, about jsonb, path text, at timestamp with time zone, actor uuid, recipients uuid[]) RETURNS void
    LANGUAGE sql
    AS $$
    insert into notices (account_id, id, kind, facts, link, created_at)
    values (account, notice, what, about, path, at) on conflict do nothing;
    insert into notice_readers (account_id, user_id, notice_id, way, created_at)
    select m.account_id, m.user_id, notice, coalesce(p.way, k.default_way), at
    from memberships m
    join app.notice_kinds k on k.kind = what
    left join notice_preferences p on p.account_id = m.account_id and p.user_id = m.user_id and p.kind = what
    where m.account_id = account and m.user_id is distinct from actor and coalesce(p.way, k.default_way) <> 'off'
        and case when recipients is null then m.role = any (k.roles) else m.user_id = any (recipients) end
    on conflict do nothing;
$$;

CREATE FUNCTION app.notify_of_event() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform app.notify(
        new.account_id, new.id, app.news_of(new.kind),
        new.data || jsonb_build_object('name', coalesce(new.data ->> 'business', ''), 'client', coalesce((
            select name from contacts where account_id = new.account_id and id = new.contact_id), '')),
        case
            when new.contact_id is not null then '/console/people/' || new.contact_id
            when new.data ? 'business' then '/console/businesses'
            else ''
        end,
        new.at, new.actor_id, null
    );
    return null;
end
$$;

CREATE FUNCTION app.plain(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $_$
    select translate(
        lower(case when octet_length(content) = length(content) then content else unaccent(content) end),
        E' \t\r\n!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 40)
    )
$_$;

CREATE FUNCTION app.plan_webhooks() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION app.point_words(kind text, value text, key text) RETURNS TABLE(word text, weight integer)
    LANGUAGE sql STABLE ROWS 4 PARALLEL SAFE
    AS $$
    select app.fold(value), 3 where kind = 'email'
    union
    select w, 3 from string_to_table(app.plain(value), ' ') w where kind = 'email' and w <> '' and length(w) <= 60
    union
    select right(digits, n), 4 from ltrim(key, '+') digits, unnest(array[4, 7, 10, 20]) n where kind = 'phone' and length(digits) >= 4
$$;

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

CREATE FUNCTION app.rank_contact() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    new.board_rank := app.board_rank(new.created_at);
    return new;
end
$$;

CREATE FUNCTION app.return_contact_rows(account uuid, merge uuid, source uuid, target uuid) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
    moved record;
begin
    for moved in select m.table_name, m.row_id from merge_rows m
        where m.account_id = account and m.merge_id = merge and m.table_name in (select app.contact_tables())
    loop
        execute format('update public.%I set contact_id = $3 where account_id = $1 and id = $2 and contact_id = $4', moved.table_name)
            using account, moved.row_id, target, source;
    end loop;
end
$_$;

CREATE FUNCTION app.spellings(word text) RETURNS SETOF text
    LANGUAGE sql IMMUTABLE ROWS 8 PARALLEL SAFE
    AS $$
    select word union all select overlay(word placing '' from i for 1) from generate_series(1, length(word)) i
$$;

CREATE FUNCTION app.table_rows(source_table name, account uuid, behind uuid, most integer) RETURNS TABLE(id uuid, data jsonb)
    LANGUAGE plpgsql STABLE
    AS $_$
declare
    rows text;
begin
    if source_table not in (select app.account_tables()) then
        raise exception 'no table of an account: %', source_table;
    end if;
    select p.rows into rows from app.account_parts() p where p.name = source_table;
    rows := coalesce(rows, format('select t.id, to_jsonb(t) as data from public.%I t where t.account_id = $1', source_table));
    return query execute format(
        'select t.id, app.without_secrets(t.data) from (%s) t where t.id > $2 order by t.id limit $3', rows
    ) using account, behind, most;
end
$_$;

CREATE FUNCTION app.take(wanted text, at timestamp with time zone, lasts interval, most integer) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $$
    insert into rate_counts as r (key, began_at, ends_at, taken) values (wanted, at, at + lasts, 1)
    on conflict (key) do update
       set taken = case when r.ends_at <= at or r.began_at > at then 1 else r.taken + 1 end,
           began_at = case when r.ends_at <= at or r.began_at > at then at else r.began_at end,
           ends_at = case when r.ends_at <= at or r.began_at > at then at + lasts else r.ends_at end
    returning case when taken > most then ends_at end
$$;

CREATE FUNCTION app.tell_clock() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform pg_notify('clock', new.offset_us::text);
    return null;
end
$$;

CREATE FUNCTION app.uncount_messages() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into counter_changes (account_id, name, bucket, change)
    select account_id, name, bucket, -count(*) from (
        select r.account_id, c.name, c.bucket from old_rows r cross join lateral (
            values
                ('emails:' || r.status, '-infinity'::timestamptz, true),
                ('emails_sent', app.quarter(r.sent_at), r.sent_at is not null),
                ('emails_engaged:sent', '-infinity', r.sent_at is not null),
                ('emails_engaged:opened', '-infinity',
                 r.sent_at is not null and (r.person_opened_at is not null or r.person_clicked_at is not null)),
                ('emails_engaged:clicked', '-infinity', r.sent_at is not null and r.person_clicked_at is not null)
        ) c (name, bucket, counts) where c.counts
    ) gone group by 1, 2, 3;
    return null;
end
$$;

CREATE FUNCTION app.uuid_v7(at timestamp with time zone) RETURNS uuid
    LANGUAGE sql
    AS $$
    select encode(set_bit(set_bit(overlay(
        uuid_send(gen_random_uuid()) placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6
    ), 52, 1), 53, 1), 'hex')::uuid
$$;

CREATE FUNCTION app.wants_summary(kind text, role text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select kind = 'business' and role in ('owner', 'agent')
$$;

CREATE FUNCTION app.webhook_type(kind text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select regexp_replace(kind, '^(follow_ups|[a-z]+)_', '\1.')
$$;

CREATE FUNCTION app.without_samples(columns jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select coalesce(jsonb_agg(part || '{"samples": []}' order by number), '[]') from jsonb_array_elements(columns) with ordinality c (part, number)
$$;

CREATE FUNCTION app.without_secrets(data jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
    select coalesce(jsonb_object_agg(key, value) filter (where key !~ '(token|secret|password|sealed|_hash$)'), '{}') from jsonb_each(data)
$_$;

CREATE FUNCTION app.words(content text) RETURNS SETOF text
    LANGUAGE sql STABLE ROWS 10 PARALLEL SAFE
    AS $$
    select distinct w from string_to_table(app.plain(content), ' ') w where w <> '' and length(w) <= 60
$$;

CREATE VIEW app.audit_checks WITH (security_invoker='true') AS
 SELECT entry.account_id,
    entry.seq,
    entry.hash,
    ((entry.hash <> app.audit_hash(entry.*)) OR (entry.previous_hash <> lag(entry.hash, 1, repeat('0'::text, 64)) OVER chain) OR (entry.seq <> (lag(entry.seq, 1, (0)::bigint) OVER chain + 1))) AS broken
   FROM public.audit_log entry
  WINDOW chain AS (PARTITION BY entry.account_id ORDER BY entry.seq);

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

CREATE TABLE app.notice_kinds (
    kind text NOT NULL,
    default_way text NOT NULL,
    roles text[] NOT NULL,
    CONSTRAINT notice_kinds_default_way_check CHECK ((default_way = ANY (ARRAY['off'::text, 'in_app'::text, 'email'::text])))
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
    language text DEFAULT 'en'::text NOT NULL,
    agent_name text,
    agent_title text,
    agent_phone text,
    website text,
    settings_version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT accounts_check CHECK ((quiet_from < quiet_until)),
    CONSTRAINT accounts_check1 CHECK ((parent_id <> id)),
    CONSTRAINT accounts_daily_cap_check CHECK (((daily_cap >= 1) AND (daily_cap <= 50))),
    CONSTRAINT accounts_kind_check CHECK ((kind = ANY (ARRAY['agency'::text, 'business'::text]))),
    CONSTRAINT accounts_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text]))),
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

CREATE TABLE public.brand_assets (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    file_id uuid NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    CONSTRAINT brand_assets_kind_check CHECK ((kind = ANY (ARRAY['logo'::text, 'style_guide'::text, 'photo'::text, 'other'::text])))
);

ALTER TABLE ONLY public.brand_assets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.bulk_jobs (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    action text NOT NULL,
    arguments jsonb NOT NULL,
    state text NOT NULL,
    total bigint NOT NULL,
    done bigint DEFAULT 0 NOT NULL,
    failed bigint DEFAULT 0 NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT bulk_jobs_action_check CHECK ((action = ANY (ARRAY['stage'::text, 'add_tag'::text, 'remove_tag'::text, 'rename_tag'::text, 'assign'::text, 'delete'::text]))),
    CONSTRAINT bulk_jobs_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'undoing'::text, 'undone'::text])))
);

ALTER TABLE ONLY public.bulk_jobs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.bulk_rows (
    account_id uuid NOT NULL,
    bulk_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    reason text,
    before jsonb,
    CONSTRAINT bulk_rows_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text, 'undone'::text])))
);

ALTER TABLE ONLY public.bulk_rows FORCE ROW LEVEL SECURITY;

CREATE TABLE public.client_onboarding_tokens (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    agency_id uuid NOT NULL,
    hash text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    expires_at timestamp with time zone NOT NULL,
    validated_at timestamp with time zone,
    consumed_at timestamp with time zone,
    revoked_at timestamp with time zone,
    reminded_at timestamp with time zone,
    expiry_told_at timestamp with time zone,
    email text NOT NULL,
    email_key text NOT NULL,
    CONSTRAINT client_onboarding_tokens_hash_check CHECK ((length(hash) = 64))
);

ALTER TABLE ONLY public.client_onboarding_tokens FORCE ROW LEVEL SECURITY;

CREATE TABLE public.client_profiles (
    business_id uuid NOT NULL,
    agency_id uuid,
    agency_name text,
    email text,
    email_key text,
    name text NOT NULL,
    display_name text,
    phone text,
    communication_prefs jsonb,
    client_type text,
    client_subtype text,
    client_package text,
    account_manager_id uuid,
    call_tracking_main_number text,
    front_desk_emails text,
    office_admin_name text,
    office_admin_email text,
    office_admin_phone text,
    form_email_recipients text,
    client_identifier_value text,
    monthly_revenue_goal numeric(12,2),
    business_name text,
    business_description text,
    primary_brand_colors text,
    brand_notes text,
    website_url text,
    video text,
    services jsonb DEFAULT '[]'::jsonb NOT NULL,
    website_access_status text,
    ga4_access_status text,
    google_ads_access_status text,
    google_ads_account_id text,
    meta_access_status text,
    website_forms_details_status text,
    requires_website_access boolean DEFAULT true NOT NULL,
    requires_ga4_access boolean DEFAULT true NOT NULL,
    requires_google_ads_access boolean DEFAULT true NOT NULL,
    requires_meta_access boolean DEFAULT true NOT NULL,
    requires_forms_step boolean DEFAULT true NOT NULL,
    calendar_status text,
    plan jsonb NOT NULL,
    done_steps jsonb DEFAULT '{}'::jsonb NOT NULL,
    draft jsonb,
    draft_saved_at timestamp with time zone,
    invited_at timestamp with time zone,
    joined_at timestamp with time zone,
    onboarding_completed_at timestamp with time zone,
    completion_told_at timestamp with time zone,
    activated_at timestamp with time zone,
    archived_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT client_profiles_check CHECK (((agency_id IS NULL) = (email_key IS NULL))),
    CONSTRAINT client_profiles_client_package_check CHECK ((client_package = ANY (ARRAY['Essentials'::text, 'Growth'::text, 'Accelerate'::text, 'Custom'::text])))
);

ALTER TABLE ONLY public.client_profiles FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_points (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    key text NOT NULL,
    merge_id uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT contact_points_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text])))
);

ALTER TABLE ONLY public.contact_points FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_spellings (
    account_id uuid NOT NULL,
    variant text NOT NULL COLLATE pg_catalog."C",
    word text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE ONLY public.contact_spellings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_words (
    account_id uuid NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C",
    contact_id uuid NOT NULL,
    weight smallint NOT NULL
);

ALTER TABLE ONLY public.contact_words FORCE ROW LEVEL SECURITY;

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

CREATE VIEW public.counter_parts WITH (security_invoker='true') AS
 SELECT counters.account_id,
    counters.name,
    counters.bucket,
    counters.value AS change
   FROM public.counters
UNION ALL
 SELECT counter_changes.account_id,
    counter_changes.name,
    counter_changes.bucket,
    counter_changes.change
   FROM public.counter_changes;

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
    generation integer DEFAULT 0 NOT NULL,
    rotated_at timestamp with time zone,
    device_id uuid,
    method text,
    proved_at timestamp with time zone,
    CONSTRAINT credentials_check CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
    CONSTRAINT credentials_check1 CHECK (((kind = 'session'::text) = (expires_at IS NOT NULL))),
    CONSTRAINT credentials_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT credentials_kind_check CHECK ((kind = ANY (ARRAY['session'::text, 'api_key'::text]))),
    CONSTRAINT credentials_method_check CHECK ((method = ANY (ARRAY['password'::text, 'passkey'::text, 'google'::text, 'invitation'::text])))
);

ALTER TABLE ONLY public.credentials FORCE ROW LEVEL SECURITY;

CREATE TABLE public.custom_fields (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    label text NOT NULL,
    type text NOT NULL,
    choices text[] DEFAULT '{}'::text[] NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT custom_fields_check CHECK (((type = 'choice'::text) = (choices <> '{}'::text[]))),
    CONSTRAINT custom_fields_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'boolean'::text, 'choice'::text, 'url'::text])))
);

ALTER TABLE ONLY public.custom_fields FORCE ROW LEVEL SECURITY;

CREATE TABLE public.devices (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    hash text NOT NULL,
    name text NOT NULL,
    own_id_hash text,
    fingerprint_hash text,
    address text,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    trusted_until timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT devices_hash_check CHECK ((length(hash) = 64))
);

ALTER TABLE ONLY public.devices FORCE ROW LEVEL SECURITY;

CREATE TABLE public.digest_preferences (
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    digest text DEFAULT 'daily'::text NOT NULL,
    language text,
    digested_at timestamp with time zone,
    weekly_summary boolean,
    monthly_summary boolean,
    summaries_since timestamp with time zone,
    CONSTRAINT digest_preferences_digest_check CHECK ((digest = ANY (ARRAY['off'::text, 'daily'::text, 'weekly'::text]))),
    CONSTRAINT digest_preferences_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text])))
);

ALTER TABLE ONLY public.digest_preferences FORCE ROW LEVEL SECURITY;

CREATE TABLE public.distinct_people (
    account_id uuid NOT NULL,
    a_id uuid NOT NULL,
    b_id uuid NOT NULL,
    CONSTRAINT distinct_people_check CHECK ((a_id < b_id))
);

ALTER TABLE ONLY public.distinct_people FORCE ROW LEVEL SECURITY;

CREATE TABLE public.documents (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    file_id uuid NOT NULL,
    added_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone
);

ALTER TABLE ONLY public.documents FORCE ROW LEVEL SECURITY;

CREATE TABLE public.email_changes (
    hash text NOT NULL,
    user_id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT email_changes_hash_check CHECK ((length(hash) = 64))
);

ALTER TABLE ONLY public.email_changes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.email_log_events (
    account_id uuid NOT NULL,
    log_id uuid NOT NULL,
    provider_event_id text NOT NULL,
    event text NOT NULL,
    at timestamp with time zone NOT NULL,
    ip text,
    useragent text,
    url text,
    reason text,
    machine boolean DEFAULT false NOT NULL,
    received_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.email_log_events FORCE ROW LEVEL SECURITY;

CREATE TABLE public.email_logs (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    email_type text NOT NULL,
    to_email text NOT NULL,
    to_name text NOT NULL,
    user_id uuid,
    language text NOT NULL,
    facts jsonb NOT NULL,
    secrets text,
    unsubscribe_url text DEFAULT ''::text NOT NULL,
    subject text,
    is_test boolean DEFAULT false NOT NULL,
    expires_at timestamp with time zone,
    status text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    error_message text,
    provider text,
    provider_message_id text,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    delivered_at timestamp with time zone,
    opened_at timestamp with time zone,
    clicked_at timestamp with time zone,
    open_count integer DEFAULT 0 NOT NULL,
    click_count integer DEFAULT 0 NOT NULL,
    facts_removed_at timestamp with time zone,
    CONSTRAINT email_logs_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'sent'::text, 'delivered'::text, 'opened'::text, 'clicked'::text, 'failed'::text, 'bounced'::text, 'complained'::text])))
);

ALTER TABLE ONLY public.email_logs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.email_templates (
    account_id uuid NOT NULL,
    email_type text NOT NULL,
    language text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by text NOT NULL,
    CONSTRAINT email_templates_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text])))
);

ALTER TABLE ONLY public.email_templates FORCE ROW LEVEL SECURITY;

CREATE TABLE public.erasures (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    subject_hash text NOT NULL,
    reason text NOT NULL,
    erased jsonb NOT NULL,
    erased_by text NOT NULL,
    erased_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.erasures FORCE ROW LEVEL SECURITY;

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

CREATE TABLE public.files (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    state text NOT NULL,
    gone_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT files_check CHECK (((gone_at IS NOT NULL) = (state = ANY (ARRAY['discarded'::text, 'doomed'::text])))),
    CONSTRAINT files_state_check CHECK ((state = ANY (ARRAY['loose'::text, 'kept'::text, 'discarded'::text, 'doomed'::text])))
);

ALTER TABLE ONLY public.files FORCE ROW LEVEL SECURITY;

CREATE TABLE public.google_consents (
    account_id uuid NOT NULL,
    state_hash text NOT NULL,
    user_id uuid NOT NULL,
    browser_hash text NOT NULL,
    credential text NOT NULL,
    verifier_sealed text NOT NULL,
    nonce text NOT NULL,
    return_to text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT google_consents_browser_hash_check CHECK ((length(browser_hash) = 64)),
    CONSTRAINT google_consents_return_to_check CHECK ((return_to = ANY (ARRAY['onboarding'::text, 'settings'::text]))),
    CONSTRAINT google_consents_state_hash_check CHECK ((length(state_hash) = 64))
);

ALTER TABLE ONLY public.google_consents FORCE ROW LEVEL SECURITY;

CREATE TABLE public.google_credentials (
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    email text NOT NULL,
    scopes text[] NOT NULL,
    refresh_sealed text NOT NULL,
    access_sealed text,
    access_expires_at timestamp with time zone,
    state text NOT NULL,
    reason text,
    booking_calendar_id text DEFAULT 'primary'::text NOT NULL,
    busy_calendar_ids text[] DEFAULT '{primary}'::text[] NOT NULL,
    connected_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    CONSTRAINT google_credentials_check CHECK (((state = 'connected'::text) = (reason IS NULL))),
    CONSTRAINT google_credentials_check1 CHECK (((access_sealed IS NULL) = (access_expires_at IS NULL))),
    CONSTRAINT google_credentials_state_check CHECK ((state = ANY (ARRAY['connected'::text, 'reconnect_needed'::text])))
);

ALTER TABLE ONLY public.google_credentials FORCE ROW LEVEL SECURITY;

CREATE TABLE public.google_revocations (
    account_id uuid NOT NULL,
    revocation uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    refresh_sealed text NOT NULL,
    dispatched boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.google_revocations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.health_checks (
    name text NOT NULL,
    healthy boolean NOT NULL,
    detail text NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    since timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    figure double precision
);

CREATE TABLE public.import_mappings (
    account_id uuid NOT NULL,
    signature text NOT NULL,
    columns jsonb NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.import_mappings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.import_rows (
    account_id uuid NOT NULL,
    import_id uuid NOT NULL,
    row_number bigint NOT NULL,
    outcome text NOT NULL,
    contact_id uuid,
    reasons text[] DEFAULT '{}'::text[] NOT NULL,
    cells text[] DEFAULT '{}'::text[] NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT import_rows_outcome_check CHECK ((outcome = ANY (ARRAY['added'::text, 'updated'::text, 'skipped'::text, 'bad'::text, 'undone'::text, 'kept'::text])))
);

ALTER TABLE ONLY public.import_rows FORCE ROW LEVEL SECURITY;

CREATE TABLE public.imports (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    file_id uuid,
    file_name text NOT NULL,
    source text NOT NULL,
    state text NOT NULL,
    columns jsonb NOT NULL,
    defaults jsonb DEFAULT '{}'::jsonb NOT NULL,
    separator text NOT NULL,
    signature text NOT NULL,
    first_row bigint NOT NULL,
    next_row bigint NOT NULL,
    total bigint NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    added bigint DEFAULT 0 NOT NULL,
    updated bigint DEFAULT 0 NOT NULL,
    skipped bigint DEFAULT 0 NOT NULL,
    bad bigint DEFAULT 0 NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    kept bigint DEFAULT 0 NOT NULL,
    kept_for jsonb DEFAULT '[]'::jsonb NOT NULL,
    match_by text DEFAULT 'likely'::text NOT NULL,
    remarked bigint DEFAULT 0 NOT NULL,
    CONSTRAINT imports_match_by_check CHECK ((match_by = ANY (ARRAY['likely'::text, 'email_or_phone'::text, 'email'::text]))),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['mapping'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'undoing'::text, 'undone'::text])))
);

ALTER TABLE ONLY public.imports FORCE ROW LEVEL SECURITY;

CREATE TABLE public.inbound_webhooks (
    id uuid NOT NULL,
    provider text NOT NULL,
    body bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    processed_at timestamp with time zone,
    outcome jsonb,
    once text
);
ALTER TABLE ONLY public.inbound_webhooks ALTER COLUMN body SET COMPRESSION lz4;

ALTER TABLE ONLY public.inbound_webhooks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.journey_templates (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    starts text NOT NULL,
    stage text,
    active boolean NOT NULL,
    steps jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT journey_templates_check CHECK (((starts = 'new_client'::text) OR ((starts = 'stage_entered'::text) = (stage IS NOT NULL)))),
    CONSTRAINT journey_templates_stage_check CHECK ((stage = ANY (ARRAY['lead'::text, 'negotiating'::text, 'under_contract'::text, 'closed'::text, 'lost'::text]))),
    CONSTRAINT journey_templates_starts_check CHECK ((starts = ANY (ARRAY['new_client'::text, 'stage_entered'::text, 'by_hand'::text]))),
    CONSTRAINT journey_templates_steps_check CHECK ((jsonb_typeof(steps) = 'array'::text))
);

ALTER TABLE ONLY public.journey_templates FORCE ROW LEVEL SECURITY;

CREATE TABLE public.journeys (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    template text NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    end_reason text,
    template_id uuid DEFAULT '00000000-0000-7000-8000-000000000001'::uuid NOT NULL,
    anchor timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    CONSTRAINT journeys_ended_check CHECK (((status = ANY (ARRAY['in_progress'::text, 'paused'::text])) = (ended_at IS NULL))),
    CONSTRAINT journeys_paused_check CHECK (((status = 'paused'::text) = (paused_at IS NOT NULL))),
    CONSTRAINT journeys_status_check CHECK ((status = ANY (ARRAY['in_progress'::text, 'paused'::text, 'stopped'::text, 'completed'::text])))
);

ALTER TABLE ONLY public.journeys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.memberships (
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deactivated_at timestamp with time zone,
    CONSTRAINT memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'staff'::text, 'agent'::text, 'assistant'::text])))
);

ALTER TABLE ONLY public.memberships FORCE ROW LEVEL SECURITY;

CREATE TABLE public.merge_rows (
    account_id uuid NOT NULL,
    merge_id uuid NOT NULL,
    table_name text NOT NULL,
    row_id uuid NOT NULL
);

ALTER TABLE ONLY public.merge_rows FORCE ROW LEVEL SECURITY;

CREATE TABLE public.merges (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    other_id uuid NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    merged_by text NOT NULL,
    undone_at timestamp with time zone
);

ALTER TABLE ONLY public.merges FORCE ROW LEVEL SECURITY;

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

CREATE TABLE public.message_templates (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT message_templates_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text])))
);

ALTER TABLE ONLY public.message_templates FORCE ROW LEVEL SECURITY;

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
    undo_until timestamp with time zone,
    answers_id uuid,
    in_reply_to text,
    mail_references text,
    CONSTRAINT messages_channel_check CHECK ((channel = 'email'::text)),
    CONSTRAINT messages_check CHECK (((dispatch = 'sending'::text) <= (sending_since IS NOT NULL))),
    CONSTRAINT messages_class_check CHECK ((class = ANY (ARRAY['followup'::text, 'personal'::text]))),
    CONSTRAINT messages_dispatch_check CHECK ((dispatch = ANY (ARRAY['waiting'::text, 'sending'::text, 'ambiguous'::text, 'done'::text]))),
    CONSTRAINT messages_source_check CHECK ((source = ANY (ARRAY['ai'::text, 'template'::text, 'person'::text]))),
    CONSTRAINT messages_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'opened'::text, 'clicked'::text, 'bounced'::text, 'failed'::text, 'dropped'::text, 'spamreport'::text, 'deferred'::text])))
);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mfa_challenges (
    hash text NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    method text NOT NULL,
    code_hash text,
    tries integer DEFAULT 0 NOT NULL,
    letters integer DEFAULT 0 NOT NULL,
    code_expires_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    own_id_hash text,
    fingerprint_hash text,
    trust boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT mfa_challenges_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT mfa_challenges_kind_check CHECK ((kind = ANY (ARRAY['email_otp'::text, 'totp'::text])))
);

ALTER TABLE ONLY public.mfa_challenges FORCE ROW LEVEL SECURITY;

CREATE TABLE public.note_words (
    account_id uuid NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C",
    contact_id uuid NOT NULL,
    note_id uuid NOT NULL
);

ALTER TABLE ONLY public.note_words FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notes (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    body text NOT NULL,
    author_id uuid,
    author text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone
);

ALTER TABLE ONLY public.notes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notice_preferences (
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    way text NOT NULL,
    CONSTRAINT notice_preferences_way_check CHECK ((way = ANY (ARRAY['off'::text, 'in_app'::text, 'email'::text])))
);

ALTER TABLE ONLY public.notice_preferences FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notice_readers (
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    way text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    told_at timestamp with time zone,
    CONSTRAINT notice_readers_way_check CHECK ((way = ANY (ARRAY['in_app'::text, 'email'::text])))
);

ALTER TABLE ONLY public.notice_readers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notices (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    link text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.notices FORCE ROW LEVEL SECURITY;

CREATE TABLE public.onboarding_plans (
    account_id uuid NOT NULL,
    steps jsonb NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.onboarding_plans FORCE ROW LEVEL SECURITY;

CREATE TABLE public.passkey_challenges (
    hash text NOT NULL,
    user_id uuid,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT passkey_challenges_hash_check CHECK ((length(hash) = 64))
);

ALTER TABLE ONLY public.passkey_challenges FORCE ROW LEVEL SECURITY;

CREATE TABLE public.passkeys (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    credential_id text NOT NULL,
    public_key text NOT NULL,
    sign_count bigint NOT NULL,
    name text NOT NULL,
    transports text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE ONLY public.passkeys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.password_resets (
    hash text NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT password_resets_hash_check CHECK ((length(hash) = 64))
);

ALTER TABLE ONLY public.password_resets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rate_counts (
    key text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    taken integer NOT NULL
);

CREATE TABLE public.received_emails (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid,
    message_id uuid,
    provider_key text NOT NULL,
    kind text NOT NULL,
    from_email text NOT NULL,
    from_name text NOT NULL,
    to_email text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    fresh_text text NOT NULL,
    attachments text[] DEFAULT '{}'::text[] NOT NULL,
    received_at timestamp with time zone NOT NULL,
    message_key text,
    mail_references text DEFAULT ''::text NOT NULL,
    CONSTRAINT received_emails_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'auto_reply'::text, 'out_of_office'::text, 'bounce'::text])))
);

ALTER TABLE ONLY public.received_emails FORCE ROW LEVEL SECURITY;

CREATE TABLE public.recovery_codes (
    user_id uuid NOT NULL,
    hash text NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT recovery_codes_hash_check CHECK ((length(hash) = 64))
);

ALTER TABLE ONLY public.recovery_codes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.retention (
    account_id uuid NOT NULL,
    trash_days integer NOT NULL,
    CONSTRAINT retention_trash_days_check CHECK (((trash_days >= 1) AND (trash_days <= 365)))
);

ALTER TABLE ONLY public.retention FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sign_in_failures (
    key text NOT NULL,
    failures integer NOT NULL,
    locks integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    locked_until timestamp with time zone
);

CREATE TABLE public.sign_in_places (
    user_id uuid NOT NULL,
    network text NOT NULL,
    country text,
    last_at timestamp with time zone NOT NULL,
    latitude double precision,
    longitude double precision,
    CONSTRAINT sign_in_places_check CHECK (((latitude IS NULL) = (longitude IS NULL)))
);

ALTER TABLE ONLY public.sign_in_places FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sign_ups (
    hash text NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    account_name text NOT NULL,
    password_hash text NOT NULL,
    zone text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    client_hash text,
    CONSTRAINT sign_ups_hash_check CHECK ((length(hash) = 64))
);

ALTER TABLE ONLY public.sign_ups FORCE ROW LEVEL SECURITY;

CREATE TABLE public.stage_changes (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    from_stage text,
    to_stage text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_name text NOT NULL,
    reason text
);

ALTER TABLE ONLY public.stage_changes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.stage_rule_runs (
    account_id uuid NOT NULL,
    seen_until timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.stage_rule_runs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.stage_rules (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    trigger text NOT NULL,
    threshold integer NOT NULL,
    from_stages text[] NOT NULL,
    to_stage text NOT NULL,
    action text NOT NULL,
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT stage_rules_action_check CHECK ((action = ANY (ARRAY['suggest'::text, 'move'::text]))),
    CONSTRAINT stage_rules_from_stages_check CHECK (((cardinality(from_stages) > 0) AND (from_stages <@ ARRAY['lead'::text, 'negotiating'::text, 'under_contract'::text, 'closed'::text, 'lost'::text]))),
    CONSTRAINT stage_rules_threshold_check CHECK (((threshold >= 1) AND (threshold <= 3650))),
    CONSTRAINT stage_rules_to_stage_check CHECK ((to_stage = ANY (ARRAY['lead'::text, 'negotiating'::text, 'under_contract'::text, 'closed'::text, 'lost'::text]))),
    CONSTRAINT stage_rules_trigger_check CHECK ((trigger = ANY (ARRAY['replied'::text, 'booked'::text, 'opened'::text, 'clicked'::text, 'silent'::text, 'task_completed'::text])))
);

ALTER TABLE ONLY public.stage_rules FORCE ROW LEVEL SECURITY;

CREATE TABLE public.stage_suggestions (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    from_stage text NOT NULL,
    to_stage text NOT NULL,
    count integer NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    CONSTRAINT stage_suggestions_check CHECK (((status = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT stage_suggestions_from_stage_check CHECK ((from_stage = ANY (ARRAY['lead'::text, 'negotiating'::text, 'under_contract'::text, 'closed'::text, 'lost'::text]))),
    CONSTRAINT stage_suggestions_status_check CHECK ((status = ANY (ARRAY['open'::text, 'accepted'::text, 'dismissed'::text, 'done'::text, 'undone'::text, 'outdated'::text]))),
    CONSTRAINT stage_suggestions_to_stage_check CHECK ((to_stage = ANY (ARRAY['lead'::text, 'negotiating'::text, 'under_contract'::text, 'closed'::text, 'lost'::text])))
);

ALTER TABLE ONLY public.stage_suggestions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.summary_runs (
    account_id uuid NOT NULL,
    period text NOT NULL,
    starts_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT summary_runs_period_check CHECK ((period = ANY (ARRAY['week'::text, 'month'::text])))
);

ALTER TABLE ONLY public.summary_runs FORCE ROW LEVEL SECURITY;

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

CREATE TABLE public.task_drafts (
    account_id uuid NOT NULL,
    task_id uuid NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    source text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT task_drafts_source_check CHECK ((source = ANY (ARRAY['ai'::text, 'template'::text, 'person'::text])))
);

ALTER TABLE ONLY public.task_drafts FORCE ROW LEVEL SECURITY;

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
    step_id uuid,
    title text,
    edited boolean DEFAULT false NOT NULL,
    paused_at timestamp with time zone,
    drafted_at timestamp with time zone,
    pressed_at timestamp with time zone,
    letter_id uuid,
    addressed_mode text,
    CONSTRAINT tasks_addressed_mode_check CHECK ((addressed_mode = ANY (ARRAY['automatic'::text, 'approve'::text]))),
    CONSTRAINT tasks_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'whatsapp'::text, 'call'::text, 'note'::text]))),
    CONSTRAINT tasks_check CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT tasks_followup_type_check CHECK ((followup_type = ANY (ARRAY['Day 1'::text, 'Day 3'::text, 'Week 1'::text, 'Week 2'::text, 'Month 1'::text, 'Custom'::text]))),
    CONSTRAINT tasks_mode_check CHECK ((mode = ANY (ARRAY['automatic'::text, 'approve'::text, 'manual'::text]))),
    CONSTRAINT tasks_priority_check CHECK ((priority = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT tasks_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'completed'::text, 'skipped'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.tasks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.team_invitations (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    hash text NOT NULL,
    invited_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT team_invitations_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT team_invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'staff'::text, 'agent'::text, 'assistant'::text])))
);

ALTER TABLE ONLY public.team_invitations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.today_skips (
    account_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    skipped_at timestamp with time zone NOT NULL,
    reason text
);

ALTER TABLE ONLY public.today_skips FORCE ROW LEVEL SECURITY;

CREATE TABLE public.user_identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    email text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.user_identities FORCE ROW LEVEL SECURITY;

CREATE TABLE public.user_totp (
    user_id uuid NOT NULL,
    secret text NOT NULL,
    last_step bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone
);

ALTER TABLE ONLY public.user_totp FORCE ROW LEVEL SECURITY;

CREATE TABLE public.users (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    password_hash text,
    email_verified_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    last_sign_in_at timestamp with time zone
);

ALTER TABLE ONLY public.users FORCE ROW LEVEL SECURITY;

CREATE TABLE public.view_choices (
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    view_id uuid NOT NULL,
    object text NOT NULL,
    favourite boolean DEFAULT false NOT NULL,
    is_default boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.view_choices FORCE ROW LEVEL SECURITY;

CREATE TABLE public.views (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    object text NOT NULL,
    name text NOT NULL,
    shared boolean NOT NULL,
    filters jsonb NOT NULL,
    sort text,
    columns text[] NOT NULL,
    layout text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT views_layout_check CHECK ((layout = ANY (ARRAY['table'::text, 'board'::text, 'calendar'::text, 'cards'::text]))),
    CONSTRAINT views_object_check CHECK ((object = ANY (ARRAY['clients'::text, 'tasks'::text, 'emails'::text, 'leads'::text, 'bookings'::text, 'items'::text])))
);

ALTER TABLE ONLY public.views FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_attempts (
    account_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    status integer,
    error text,
    response text,
    duration_ms integer NOT NULL
);

ALTER TABLE ONLY public.webhook_attempts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_deliveries (
    account_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    state text NOT NULL,
    body text,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    dispatched_at timestamp with time zone,
    last_status integer,
    last_error text,
    created_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    CONSTRAINT webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.webhook_deliveries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_secrets (
    account_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    id uuid NOT NULL,
    sealed text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone
);

ALTER TABLE ONLY public.webhook_secrets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhooks (
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    description text,
    event_types text[] DEFAULT '{}'::text[] NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    disabled_reason text,
    failing_since timestamp with time zone,
    last_success_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT webhooks_check CHECK ((enabled <= (disabled_reason IS NULL)))
);

ALTER TABLE ONLY public.webhooks FORCE ROW LEVEL SECURITY;

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

ALTER TABLE ONLY app.notice_kinds
    ADD CONSTRAINT notice_kinds_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY app.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_runs
    ADD CONSTRAINT ai_runs_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (account_id, seq);

ALTER TABLE ONLY public.brand_assets
    ADD CONSTRAINT brand_assets_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.bulk_jobs
    ADD CONSTRAINT bulk_jobs_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.bulk_rows
    ADD CONSTRAINT bulk_rows_pkey PRIMARY KEY (account_id, bulk_id, contact_id);

ALTER TABLE ONLY public.client_onboarding_tokens
    ADD CONSTRAINT client_onboarding_tokens_pkey PRIMARY KEY (business_id, id);

ALTER TABLE ONLY public.client_profiles
    ADD CONSTRAINT client_profiles_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.contact_points
    ADD CONSTRAINT contact_points_account_id_contact_id_kind_key_key UNIQUE (account_id, contact_id, kind, key);

ALTER TABLE ONLY public.contact_points
    ADD CONSTRAINT contact_points_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contact_spellings
    ADD CONSTRAINT contact_spellings_pkey PRIMARY KEY (account_id, variant, word);

ALTER TABLE ONLY public.contact_words
    ADD CONSTRAINT contact_words_pkey PRIMARY KEY (account_id, word, contact_id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.counter_changes
    ADD CONSTRAINT counter_changes_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_pkey PRIMARY KEY (account_id, name, bucket);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.custom_fields
    ADD CONSTRAINT custom_fields_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.digest_preferences
    ADD CONSTRAINT digest_preferences_pkey PRIMARY KEY (account_id, user_id);

ALTER TABLE ONLY public.distinct_people
    ADD CONSTRAINT distinct_people_pkey PRIMARY KEY (account_id, a_id, b_id);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.email_log_events
    ADD CONSTRAINT email_log_events_pkey PRIMARY KEY (account_id, log_id, provider_event_id);

ALTER TABLE ONLY public.email_logs
    ADD CONSTRAINT email_logs_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.email_templates
    ADD CONSTRAINT email_templates_pkey PRIMARY KEY (account_id, email_type, language);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.google_consents
    ADD CONSTRAINT google_consents_pkey PRIMARY KEY (account_id, state_hash);

ALTER TABLE ONLY public.google_credentials
    ADD CONSTRAINT google_credentials_pkey PRIMARY KEY (account_id, user_id);

ALTER TABLE ONLY public.google_revocations
    ADD CONSTRAINT google_revocations_pkey PRIMARY KEY (account_id, revocation);

ALTER TABLE ONLY public.health_checks
    ADD CONSTRAINT health_checks_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.import_mappings
    ADD CONSTRAINT import_mappings_pkey PRIMARY KEY (account_id, signature);

ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_pkey PRIMARY KEY (account_id, import_id, row_number);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.inbound_webhooks
    ADD CONSTRAINT inbound_webhooks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journey_templates
    ADD CONSTRAINT journey_templates_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.journeys
    ADD CONSTRAINT journeys_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (account_id, user_id);

ALTER TABLE ONLY public.merge_rows
    ADD CONSTRAINT merge_rows_pkey PRIMARY KEY (account_id, merge_id, table_name, row_id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.message_events
    ADD CONSTRAINT message_events_pkey PRIMARY KEY (account_id, message_id, provider_event_id);

ALTER TABLE ONLY public.message_templates
    ADD CONSTRAINT message_templates_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.mfa_challenges
    ADD CONSTRAINT mfa_challenges_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.note_words
    ADD CONSTRAINT note_words_pkey PRIMARY KEY (account_id, word, contact_id, note_id);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.notice_preferences
    ADD CONSTRAINT notice_preferences_pkey PRIMARY KEY (account_id, user_id, kind);

ALTER TABLE ONLY public.notice_readers
    ADD CONSTRAINT notice_readers_pkey PRIMARY KEY (account_id, user_id, notice_id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.onboarding_plans
    ADD CONSTRAINT onboarding_plans_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.passkey_challenges
    ADD CONSTRAINT passkey_challenges_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.password_resets
    ADD CONSTRAINT password_resets_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.rate_counts
    ADD CONSTRAINT rate_counts_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.received_emails
    ADD CONSTRAINT received_emails_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, hash);

ALTER TABLE ONLY public.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.sign_in_failures
    ADD CONSTRAINT sign_in_failures_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.sign_in_places
    ADD CONSTRAINT sign_in_places_pkey PRIMARY KEY (user_id, network);

ALTER TABLE ONLY public.sign_ups
    ADD CONSTRAINT sign_ups_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.stage_changes
    ADD CONSTRAINT stage_changes_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.stage_rule_runs
    ADD CONSTRAINT stage_rule_runs_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.stage_rules
    ADD CONSTRAINT stage_rules_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.stage_suggestions
    ADD CONSTRAINT stage_suggestions_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.summary_runs
    ADD CONSTRAINT summary_runs_pkey PRIMARY KEY (account_id, period);

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_pkey PRIMARY KEY (account_id, channel, address_key);

ALTER TABLE ONLY public.task_drafts
    ADD CONSTRAINT task_drafts_pkey PRIMARY KEY (account_id, task_id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.team_invitations
    ADD CONSTRAINT team_invitations_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.today_skips
    ADD CONSTRAINT today_skips_pkey PRIMARY KEY (account_id, contact_id);

ALTER TABLE ONLY public.user_identities
    ADD CONSTRAINT user_identities_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY public.user_totp
    ADD CONSTRAINT user_totp_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.view_choices
    ADD CONSTRAINT view_choices_pkey PRIMARY KEY (account_id, user_id, view_id);

ALTER TABLE ONLY public.views
    ADD CONSTRAINT views_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.webhook_attempts
    ADD CONSTRAINT webhook_attempts_pkey PRIMARY KEY (account_id, webhook_id, event_id, number);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (account_id, webhook_id, event_id);

ALTER TABLE ONLY public.webhook_secrets
    ADD CONSTRAINT webhook_secrets_pkey PRIMARY KEY (account_id, webhook_id, id);

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (account_id, id);

CREATE INDEX idempotency_keys_created_at ON app.idempotency_keys USING btree (created_at);

CREATE INDEX jobs_dead ON app.jobs USING btree (account_id, died_at, id) WHERE (state = 'dead'::text);

CREATE INDEX jobs_ready ON app.jobs USING btree (account_id, priority, run_at) WHERE (state = 'ready'::text);

CREATE UNIQUE INDEX jobs_unique_key ON app.jobs USING btree (account_id, kind, unique_key) WHERE ((unique_key IS NOT NULL) AND (state <> 'dead'::text));

CREATE INDEX jobs_waiting ON app.jobs USING btree (run_at) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX accounts_agent_code_key ON public.accounts USING btree (agent_code);

CREATE INDEX accounts_parent ON public.accounts USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX ai_runs_contact ON public.ai_runs USING btree (account_id, contact_id, created_at DESC);

CREATE INDEX audit_log_actor ON public.audit_log USING btree (account_id, actor_id, seq DESC) WHERE (actor_id IS NOT NULL);

CREATE UNIQUE INDEX audit_log_id_key ON public.audit_log USING btree (account_id, id);

CREATE INDEX audit_log_subject ON public.audit_log USING btree (account_id, subject_id, seq DESC) WHERE (subject_id IS NOT NULL);

CREATE INDEX brand_assets_file ON public.brand_assets USING btree (account_id, file_id);

CREATE INDEX bulk_jobs_newest ON public.bulk_jobs USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX bulk_rows_state ON public.bulk_rows USING btree (account_id, bulk_id, state, contact_id);

CREATE INDEX client_onboarding_tokens_hash ON public.client_onboarding_tokens USING btree (hash);

CREATE INDEX client_onboarding_tokens_open ON public.client_onboarding_tokens USING btree (expires_at) WHERE ((consumed_at IS NULL) AND (revoked_at IS NULL) AND (expiry_told_at IS NULL));

CREATE UNIQUE INDEX client_profiles_email_key ON public.client_profiles USING btree (agency_id, email_key) WHERE (archived_at IS NULL);

CREATE INDEX client_profiles_newest ON public.client_profiles USING btree (agency_id, created_at DESC, business_id DESC);

CREATE INDEX contact_points_key ON public.contact_points USING btree (account_id, kind, key);

CREATE INDEX contacts_assigned ON public.contacts USING btree (account_id, assigned_to, created_at DESC, id DESC) WHERE (assigned_to IS NOT NULL);

CREATE INDEX contacts_board ON public.contacts USING btree (account_id, stage, board_rank, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX contacts_email_key ON public.contacts USING btree (account_id, email_key) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_last_contacted ON public.contacts USING btree (account_id, COALESCE(last_contacted, '-infinity'::timestamp with time zone), id) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_merged ON public.contacts USING btree (account_id, merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX contacts_name ON public.contacts USING btree (account_id, lower(name), id) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_newest ON public.contacts USING btree (account_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX contacts_phone_key ON public.contacts USING btree (account_id, phone_e164) WHERE ((deleted_at IS NULL) AND (phone_e164 IS NOT NULL));

CREATE INDEX contacts_stage ON public.contacts USING btree (account_id, stage, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_trash ON public.contacts USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX credentials_device ON public.credentials USING btree (device_id) WHERE (device_id IS NOT NULL);

CREATE INDEX credentials_ended ON public.credentials USING btree (COALESCE(ended_at, expires_at)) WHERE (COALESCE(ended_at, expires_at) IS NOT NULL);

CREATE INDEX credentials_hash ON public.credentials USING btree (hash);

CREATE INDEX credentials_user ON public.credentials USING btree (account_id, user_id, created_at);

CREATE UNIQUE INDEX custom_fields_key ON public.custom_fields USING btree (account_id, key);

CREATE UNIQUE INDEX devices_hash ON public.devices USING btree (hash);

CREATE INDEX devices_user ON public.devices USING btree (user_id, last_seen_at);

CREATE INDEX distinct_people_b ON public.distinct_people USING btree (account_id, b_id);

CREATE INDEX documents_contact ON public.documents USING btree (account_id, contact_id, created_at DESC, id DESC);

CREATE INDEX documents_file ON public.documents USING btree (account_id, file_id);

CREATE INDEX email_changes_expires ON public.email_changes USING btree (expires_at);

CREATE INDEX email_changes_user ON public.email_changes USING btree (user_id);

CREATE INDEX email_logs_facts ON public.email_logs USING btree (created_at) WHERE (facts_removed_at IS NULL);

CREATE INDEX email_logs_id ON public.email_logs USING btree (id);

CREATE INDEX email_logs_newest ON public.email_logs USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX email_logs_pending ON public.email_logs USING btree (created_at) WHERE (status = 'pending'::text);

CREATE INDEX email_logs_provider_id ON public.email_logs USING btree (provider_message_id) WHERE (provider_message_id IS NOT NULL);

CREATE INDEX email_logs_type ON public.email_logs USING btree (account_id, email_type, created_at DESC, id DESC);

CREATE INDEX erasures_newest ON public.erasures USING btree (account_id, erased_at DESC, id DESC);

CREATE INDEX events_contact ON public.events USING btree (account_id, contact_id, at DESC, id DESC) WHERE (contact_id IS NOT NULL);

CREATE INDEX events_newest ON public.events USING btree (account_id, at DESC, id DESC);

CREATE INDEX files_to_sweep ON public.files USING btree (state, created_at) WHERE (state <> 'kept'::text);

CREATE INDEX google_consents_expires ON public.google_consents USING btree (expires_at);

CREATE INDEX google_consents_state ON public.google_consents USING btree (state_hash);

CREATE INDEX google_credentials_looked ON public.google_credentials USING btree (looked_at) WHERE (state = 'connected'::text);

CREATE INDEX google_credentials_subject ON public.google_credentials USING btree (issuer, subject);

CREATE INDEX google_revocations_waiting ON public.google_revocations USING btree (account_id) WHERE (NOT dispatched);

CREATE INDEX import_rows_contact ON public.import_rows USING btree (account_id, contact_id, import_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX import_rows_outcome ON public.import_rows USING btree (account_id, import_id, outcome, row_number);

CREATE INDEX imports_file ON public.imports USING btree (account_id, file_id);

CREATE INDEX imports_newest ON public.imports USING btree (account_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX inbound_webhooks_once_key ON public.inbound_webhooks USING btree (provider, once) WHERE (once IS NOT NULL);

CREATE INDEX inbound_webhooks_received ON public.inbound_webhooks USING btree (received_at);

CREATE INDEX inbound_webhooks_unread ON public.inbound_webhooks USING btree (received_at) WHERE (processed_at IS NULL);

CREATE UNIQUE INDEX journey_templates_name_key ON public.journey_templates USING btree (account_id, lower(name)) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX journey_templates_start_key ON public.journey_templates USING btree (account_id, starts, COALESCE(stage, ''::text)) WHERE (active AND (deleted_at IS NULL) AND (starts <> 'by_hand'::text));

CREATE INDEX journeys_contact ON public.journeys USING btree (account_id, contact_id, created_at DESC, id DESC);

CREATE INDEX journeys_newest ON public.journeys USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX journeys_running ON public.journeys USING btree (account_id, template_id, id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX journeys_template_key ON public.journeys USING btree (account_id, contact_id, template_id) WHERE (ended_at IS NULL);

CREATE INDEX memberships_user ON public.memberships USING btree (user_id);

CREATE INDEX merges_contact ON public.merges USING btree (account_id, contact_id, merged_at DESC);

CREATE INDEX merges_other ON public.merges USING btree (account_id, other_id);

CREATE INDEX message_templates_name ON public.message_templates USING btree (account_id, lower(name), id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX message_templates_name_key ON public.message_templates USING btree (account_id, lower(name), language) WHERE (deleted_at IS NULL);

CREATE INDEX messages_answers ON public.messages USING btree (account_id, answers_id) WHERE (answers_id IS NOT NULL);

CREATE UNIQUE INDEX messages_cause_key ON public.messages USING btree (account_id, cause_key);

CREATE INDEX messages_contact ON public.messages USING btree (account_id, contact_id, created_at DESC, id DESC);

CREATE INDEX messages_id ON public.messages USING btree (id);

CREATE INDEX messages_newest ON public.messages USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX messages_provider_id ON public.messages USING btree (provider_message_id) WHERE (provider_message_id IS NOT NULL);

CREATE INDEX messages_sent ON public.messages USING btree (account_id, contact_id, sent_at) WHERE (sent_at IS NOT NULL);

CREATE INDEX messages_status ON public.messages USING btree (account_id, status, created_at DESC, id DESC);

CREATE INDEX messages_unsettled ON public.messages USING btree (sending_since) WHERE (dispatch = ANY (ARRAY['sending'::text, 'ambiguous'::text]));

CREATE INDEX messages_waiting ON public.messages USING btree (created_at) WHERE (dispatch = ANY (ARRAY['waiting'::text, 'sending'::text]));

CREATE INDEX mfa_challenges_expires ON public.mfa_challenges USING btree (expires_at);

CREATE INDEX mfa_challenges_user ON public.mfa_challenges USING btree (user_id, created_at);

CREATE INDEX note_words_note ON public.note_words USING btree (account_id, note_id);

CREATE INDEX notes_contact ON public.notes USING btree (account_id, contact_id, created_at DESC, id DESC);

CREATE INDEX notice_readers_newest ON public.notice_readers USING btree (account_id, user_id, created_at DESC, notice_id DESC);

CREATE INDEX notice_readers_notice ON public.notice_readers USING btree (account_id, notice_id);

CREATE INDEX notice_readers_untold ON public.notice_readers USING btree (way, created_at) WHERE ((told_at IS NULL) AND (read_at IS NULL));

CREATE INDEX notices_created ON public.notices USING btree (created_at);

CREATE INDEX passkey_challenges_expires ON public.passkey_challenges USING btree (expires_at);

CREATE INDEX passkey_challenges_user ON public.passkey_challenges USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE UNIQUE INDEX passkeys_credential_id ON public.passkeys USING btree (credential_id);

CREATE INDEX passkeys_user ON public.passkeys USING btree (user_id, created_at);

CREATE INDEX password_resets_expires ON public.password_resets USING btree (expires_at);

CREATE INDEX password_resets_user ON public.password_resets USING btree (user_id);

CREATE INDEX rate_counts_ends ON public.rate_counts USING btree (ends_at);

CREATE INDEX received_emails_contact ON public.received_emails USING btree (account_id, contact_id, received_at DESC, id DESC);

CREATE INDEX received_emails_message ON public.received_emails USING btree (account_id, message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX received_emails_newest ON public.received_emails USING btree (account_id, received_at DESC, id DESC);

CREATE INDEX received_emails_nobodys ON public.received_emails USING btree (account_id, lower(from_email)) WHERE (contact_id IS NULL);

CREATE UNIQUE INDEX received_emails_provider_key ON public.received_emails USING btree (account_id, provider_key);

CREATE INDEX sign_in_failures_last ON public.sign_in_failures USING btree (last_at);

CREATE INDEX sign_ups_expires ON public.sign_ups USING btree (expires_at);

CREATE INDEX sign_ups_user ON public.sign_ups USING btree (user_id, created_at);

CREATE INDEX stage_changes_contact ON public.stage_changes USING btree (account_id, contact_id, at DESC, id DESC);

CREATE INDEX stage_suggestions_contact ON public.stage_suggestions USING btree (account_id, contact_id, rule_id, decided_at);

CREATE INDEX stage_suggestions_newest ON public.stage_suggestions USING btree (account_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX stage_suggestions_open_key ON public.stage_suggestions USING btree (account_id, contact_id) WHERE (status = 'open'::text);

CREATE INDEX tasks_by_people ON public.tasks USING btree (account_id, scheduled_for, id) WHERE ((status = 'pending'::text) AND (deleted_at IS NULL) AND (paused_at IS NULL) AND ((mode = 'manual'::text) OR (failed_at IS NOT NULL) OR (drafted_at IS NOT NULL)));

CREATE INDEX tasks_contact ON public.tasks USING btree (account_id, contact_id, scheduled_for) WHERE (deleted_at IS NULL);

CREATE INDEX tasks_drafted ON public.tasks USING btree (account_id, drafted_at, id) WHERE ((mode = 'approve'::text) AND (status = 'pending'::text) AND (drafted_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX tasks_due ON public.tasks USING btree (scheduled_for) WHERE ((status = 'pending'::text) AND ((mode = 'automatic'::text) OR ((mode = 'approve'::text) AND (drafted_at IS NULL))) AND (channel = 'email'::text) AND (dispatched_at IS NULL) AND (failed_at IS NULL) AND (deleted_at IS NULL) AND (paused_at IS NULL));

CREATE INDEX tasks_failed ON public.tasks USING btree (account_id, failed_at) WHERE ((failed_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX tasks_letter ON public.tasks USING btree (account_id, letter_id) WHERE (letter_id IS NOT NULL);

CREATE INDEX tasks_open_of_journey ON public.tasks USING btree (account_id, journey_id) WHERE ((status = 'pending'::text) AND (deleted_at IS NULL));

CREATE INDEX tasks_scheduled ON public.tasks USING btree (account_id, scheduled_for, id) WHERE (deleted_at IS NULL);

CREATE INDEX tasks_status ON public.tasks USING btree (account_id, status, scheduled_for, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX tasks_step_key ON public.tasks USING btree (account_id, journey_id, step_id) WHERE (journey_id IS NOT NULL);

CREATE INDEX tasks_unaddressed ON public.tasks USING btree (account_id, contact_id) WHERE (addressed_mode IS NOT NULL);

CREATE INDEX team_invitations_hash ON public.team_invitations USING btree (hash);

CREATE UNIQUE INDEX team_invitations_open ON public.team_invitations USING btree (account_id, email_key) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX user_identities_user ON public.user_identities USING btree (user_id);

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (email_key);

CREATE UNIQUE INDEX view_choices_default ON public.view_choices USING btree (account_id, user_id, object) WHERE is_default;

CREATE INDEX view_choices_view ON public.view_choices USING btree (account_id, view_id);

CREATE INDEX views_object ON public.views USING btree (account_id, object, name);

CREATE INDEX webhook_deliveries_dispatched ON public.webhook_deliveries USING btree (dispatched_at) WHERE ((state = 'pending'::text) AND (dispatched_at IS NOT NULL));

CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (due_at) WHERE ((state = 'pending'::text) AND (dispatched_at IS NULL));

CREATE INDEX webhook_deliveries_newest ON public.webhook_deliveries USING btree (account_id, webhook_id, created_at DESC, event_id DESC);

CREATE INDEX webhook_deliveries_old ON public.webhook_deliveries USING btree (created_at);

CREATE TRIGGER tell AFTER INSERT OR UPDATE ON app.clock FOR EACH ROW EXECUTE FUNCTION app.tell_clock();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION app.audit_is_append_only();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION app.events_are_append_only();

CREATE TRIGGER chain BEFORE INSERT ON public.audit_log FOR EACH ROW EXECUTE FUNCTION app.chain_audit();

CREATE TRIGGER count_deletes AFTER DELETE ON public.contacts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_gone_contacts();

CREATE TRIGGER count_deletes AFTER DELETE ON public.messages REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.uncount_messages();

CREATE TRIGGER count_deletes AFTER DELETE ON public.tasks REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_gone_tasks();

CREATE TRIGGER count_inserts AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_contacts();

CREATE TRIGGER count_inserts AFTER INSERT ON public.messages REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_new_messages();

CREATE TRIGGER count_inserts AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_tasks();

CREATE TRIGGER count_tags_of_inserts AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_tags();

CREATE TRIGGER count_tags_of_updates AFTER UPDATE ON public.contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_tags();

CREATE TRIGGER count_updates AFTER UPDATE ON public.contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_contacts();

CREATE TRIGGER count_updates AFTER UPDATE ON public.messages REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_messages();

CREATE TRIGGER count_updates AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_tasks();

CREATE TRIGGER deactivated BEFORE INSERT ON public.credentials FOR EACH ROW EXECUTE FUNCTION app.no_credential_while_deactivated();

CREATE TRIGGER end_calendar_of_deactivated AFTER UPDATE OF deactivated_at ON public.memberships FOR EACH ROW WHEN (((new.deactivated_at IS NOT NULL) AND (old.deactivated_at IS NULL))) EXECUTE FUNCTION app.end_calendar_of_deactivated();

CREATE TRIGGER end_credentials AFTER UPDATE OF role ON public.memberships FOR EACH ROW WHEN ((old.role IS DISTINCT FROM new.role)) EXECUTE FUNCTION app.end_credentials_of_old_role();

CREATE TRIGGER end_credentials_of_deactivated AFTER UPDATE OF deactivated_at ON public.memberships FOR EACH ROW WHEN (((new.deactivated_at IS NOT NULL) AND (old.deactivated_at IS NULL))) EXECUTE FUNCTION app.end_credentials_of_deactivated();

CREATE TRIGGER end_grant AFTER DELETE ON public.google_credentials FOR EACH ROW EXECUTE FUNCTION app.end_google_grant();

CREATE TRIGGER give_letters_to_changed AFTER UPDATE OF email_key ON public.contacts FOR EACH ROW WHEN (((new.email_key IS NOT NULL) AND (new.deleted_at IS NULL) AND (old.email_key IS DISTINCT FROM new.email_key))) EXECUTE FUNCTION app.give_letters_to_changed();

CREATE TRIGGER give_letters_to_new AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.give_letters_to_new();

CREATE TRIGGER index AFTER INSERT OR UPDATE ON public.notes FOR EACH ROW EXECUTE FUNCTION app.index_note();

CREATE TRIGGER index_deletes AFTER DELETE ON public.contacts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_contacts();

CREATE TRIGGER index_inserts AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_contacts();

CREATE TRIGGER index_point AFTER INSERT OR DELETE OR UPDATE ON public.contact_points FOR EACH ROW EXECUTE FUNCTION app.index_point();

CREATE TRIGGER index_updates AFTER UPDATE ON public.contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.index_contacts();

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION app.audit_is_append_only();

CREATE TRIGGER notify AFTER INSERT ON public.events FOR EACH ROW WHEN (((new.kind = ANY (ARRAY['email_bounced'::text, 'email_failed'::text, 'email_spam_reported'::text, 'client_unsubscribed'::text, 'client_replied'::text, 'letter_failed'::text, 'business_completed'::text, 'onboarding_link_expired'::text])) OR ((new.kind = 'email_replied'::text) AND (new.contact_id IS NOT NULL)))) EXECUTE FUNCTION app.notify_of_event();

CREATE TRIGGER plan_webhooks AFTER INSERT ON public.events REFERENCING NEW TABLE AS new_events FOR EACH STATEMENT EXECUTE FUNCTION app.plan_webhooks();

CREATE TRIGGER rank BEFORE INSERT ON public.contacts FOR EACH ROW WHEN ((new.board_rank IS NULL)) EXECUTE FUNCTION app.rank_contact();

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.ai_runs
    ADD CONSTRAINT ai_runs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.brand_assets
    ADD CONSTRAINT brand_assets_account_id_file_id_fkey FOREIGN KEY (account_id, file_id) REFERENCES public.files(account_id, id);

ALTER TABLE ONLY public.brand_assets
    ADD CONSTRAINT brand_assets_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.bulk_jobs
    ADD CONSTRAINT bulk_jobs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.bulk_rows
    ADD CONSTRAINT bulk_rows_account_id_bulk_id_fkey FOREIGN KEY (account_id, bulk_id) REFERENCES public.bulk_jobs(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_onboarding_tokens
    ADD CONSTRAINT client_onboarding_tokens_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.client_onboarding_tokens
    ADD CONSTRAINT client_onboarding_tokens_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.client_profiles(business_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_profiles
    ADD CONSTRAINT client_profiles_account_manager_id_fkey FOREIGN KEY (account_manager_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.client_profiles
    ADD CONSTRAINT client_profiles_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.client_profiles
    ADD CONSTRAINT client_profiles_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_points
    ADD CONSTRAINT contact_points_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_points
    ADD CONSTRAINT contact_points_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_account_id_assigned_to_fkey FOREIGN KEY (account_id, assigned_to) REFERENCES public.memberships(account_id, user_id) ON DELETE SET NULL (assigned_to);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_account_id_merged_into_fkey FOREIGN KEY (account_id, merged_into) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_account_id_user_id_fkey FOREIGN KEY (account_id, user_id) REFERENCES public.memberships(account_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_device_id_fkey FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.custom_fields
    ADD CONSTRAINT custom_fields_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.digest_preferences
    ADD CONSTRAINT digest_preferences_account_id_user_id_fkey FOREIGN KEY (account_id, user_id) REFERENCES public.memberships(account_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.distinct_people
    ADD CONSTRAINT distinct_people_account_id_a_id_fkey FOREIGN KEY (account_id, a_id) REFERENCES public.contacts(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.distinct_people
    ADD CONSTRAINT distinct_people_account_id_b_id_fkey FOREIGN KEY (account_id, b_id) REFERENCES public.contacts(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_account_id_file_id_fkey FOREIGN KEY (account_id, file_id) REFERENCES public.files(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_log_events
    ADD CONSTRAINT email_log_events_account_id_log_id_fkey FOREIGN KEY (account_id, log_id) REFERENCES public.email_logs(account_id, id);

ALTER TABLE ONLY public.email_logs
    ADD CONSTRAINT email_logs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.email_templates
    ADD CONSTRAINT email_templates_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.google_consents
    ADD CONSTRAINT google_consents_account_id_user_id_fkey FOREIGN KEY (account_id, user_id) REFERENCES public.memberships(account_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.google_credentials
    ADD CONSTRAINT google_credentials_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.google_credentials
    ADD CONSTRAINT google_credentials_account_id_user_id_fkey FOREIGN KEY (account_id, user_id) REFERENCES public.memberships(account_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.google_revocations
    ADD CONSTRAINT google_revocations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.import_mappings
    ADD CONSTRAINT import_mappings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_account_id_import_id_fkey FOREIGN KEY (account_id, import_id) REFERENCES public.imports(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_account_id_file_id_fkey FOREIGN KEY (account_id, file_id) REFERENCES public.files(account_id, id) ON DELETE SET NULL (file_id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.journey_templates
    ADD CONSTRAINT journey_templates_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.journeys
    ADD CONSTRAINT journeys_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.merge_rows
    ADD CONSTRAINT merge_rows_account_id_merge_id_fkey FOREIGN KEY (account_id, merge_id) REFERENCES public.merges(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_account_id_other_id_fkey FOREIGN KEY (account_id, other_id) REFERENCES public.contacts(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_events
    ADD CONSTRAINT message_events_account_id_message_id_fkey FOREIGN KEY (account_id, message_id) REFERENCES public.messages(account_id, id);

ALTER TABLE ONLY public.message_templates
    ADD CONSTRAINT message_templates_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_account_id_task_id_fkey FOREIGN KEY (account_id, task_id) REFERENCES public.tasks(account_id, id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_answers FOREIGN KEY (account_id, answers_id) REFERENCES public.received_emails(account_id, id);

ALTER TABLE ONLY public.mfa_challenges
    ADD CONSTRAINT mfa_challenges_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.note_words
    ADD CONSTRAINT note_words_account_id_note_id_fkey FOREIGN KEY (account_id, note_id) REFERENCES public.notes(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notice_preferences
    ADD CONSTRAINT notice_preferences_account_id_user_id_fkey FOREIGN KEY (account_id, user_id) REFERENCES public.memberships(account_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notice_preferences
    ADD CONSTRAINT notice_preferences_kind_fkey FOREIGN KEY (kind) REFERENCES app.notice_kinds(kind);

ALTER TABLE ONLY public.notice_readers
    ADD CONSTRAINT notice_readers_account_id_notice_id_fkey FOREIGN KEY (account_id, notice_id) REFERENCES public.notices(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notice_readers
    ADD CONSTRAINT notice_readers_account_id_user_id_fkey FOREIGN KEY (account_id, user_id) REFERENCES public.memberships(account_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_kind_fkey FOREIGN KEY (kind) REFERENCES app.notice_kinds(kind);

ALTER TABLE ONLY public.onboarding_plans
    ADD CONSTRAINT onboarding_plans_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.passkey_challenges
    ADD CONSTRAINT passkey_challenges_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.password_resets
    ADD CONSTRAINT password_resets_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.received_emails
    ADD CONSTRAINT received_emails_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.received_emails
    ADD CONSTRAINT received_emails_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.received_emails
    ADD CONSTRAINT received_emails_account_id_message_id_fkey FOREIGN KEY (account_id, message_id) REFERENCES public.messages(account_id, id);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.retention
    ADD CONSTRAINT retention_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.sign_in_places
    ADD CONSTRAINT sign_in_places_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sign_ups
    ADD CONSTRAINT sign_ups_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.stage_changes
    ADD CONSTRAINT stage_changes_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.stage_rule_runs
    ADD CONSTRAINT stage_rule_runs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.stage_rules
    ADD CONSTRAINT stage_rules_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.stage_suggestions
    ADD CONSTRAINT stage_suggestions_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.stage_suggestions
    ADD CONSTRAINT stage_suggestions_account_id_rule_id_fkey FOREIGN KEY (account_id, rule_id) REFERENCES public.stage_rules(account_id, id);

ALTER TABLE ONLY public.summary_runs
    ADD CONSTRAINT summary_runs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.suppressions
    ADD CONSTRAINT suppressions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.task_drafts
    ADD CONSTRAINT task_drafts_account_id_task_id_fkey FOREIGN KEY (account_id, task_id) REFERENCES public.tasks(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_account_id_journey_id_fkey FOREIGN KEY (account_id, journey_id) REFERENCES public.journeys(account_id, id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_letter FOREIGN KEY (account_id, letter_id) REFERENCES public.message_templates(account_id, id);

ALTER TABLE ONLY public.team_invitations
    ADD CONSTRAINT team_invitations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.today_skips
    ADD CONSTRAINT today_skips_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.user_identities
    ADD CONSTRAINT user_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.user_totp
    ADD CONSTRAINT user_totp_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.view_choices
    ADD CONSTRAINT view_choices_account_id_view_id_fkey FOREIGN KEY (account_id, view_id) REFERENCES public.views(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.views
    ADD CONSTRAINT views_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.webhook_attempts
    ADD CONSTRAINT webhook_attempts_account_id_webhook_id_event_id_fkey FOREIGN KEY (account_id, webhook_id, event_id) REFERENCES public.webhook_deliveries(account_id, webhook_id, event_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_account_id_event_id_fkey FOREIGN KEY (account_id, event_id) REFERENCES public.events(account_id, id);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_account_id_webhook_id_fkey FOREIGN KEY (account_id, webhook_id) REFERENCES public.webhooks(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_secrets
    ADD CONSTRAINT webhook_secrets_account_id_webhook_id_fkey FOREIGN KEY (account_id, webhook_id) REFERENCES public.webhooks(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE app.idempotency_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE app.jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON app.idempotency_keys USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON app.jobs USING ((( SELECT app.everyone() AS everyone) OR (account_id = ( SELECT app.account() AS account)))) WITH CHECK ((( SELECT app.everyone() AS everyone) OR (account_id = ( SELECT app.account() AS account))));

ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ai_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY both_sides ON public.client_onboarding_tokens USING (((business_id = app.account()) OR (agency_id = app.account()) OR app.everyone())) WITH CHECK (((business_id = app.account()) OR (agency_id = app.account()) OR app.everyone()));

CREATE POLICY both_sides ON public.client_profiles USING (((business_id = app.account()) OR (agency_id = app.account()) OR app.everyone())) WITH CHECK (((business_id = app.account()) OR (agency_id = app.account()) OR app.everyone()));

ALTER TABLE public.brand_assets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bulk_jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bulk_rows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.client_onboarding_tokens ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.client_profiles ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_points ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_spellings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.counter_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.counters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.credentials ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.custom_fields ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.devices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.digest_preferences ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.distinct_people ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_log_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_logs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.email_templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.erasures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.events ENABLE ROW LEVEL SECURITY;

CREATE POLICY everyone ON public.inbound_webhooks USING (app.everyone()) WITH CHECK (app.everyone());

ALTER TABLE public.files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.google_consents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.google_credentials ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.google_revocations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_mappings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_rows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.imports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_webhooks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.journey_templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.journeys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.merge_rows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.merges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mfa_challenges ENABLE ROW LEVEL SECURITY;

CREATE POLICY nobody_else ON public.devices USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.email_changes USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.mfa_challenges USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.passkey_challenges USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.passkeys USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.password_resets USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.recovery_codes USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.sign_in_places USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.sign_ups USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.user_identities USING (app.everyone()) WITH CHECK (app.everyone());

CREATE POLICY nobody_else ON public.user_totp USING (app.everyone()) WITH CHECK (app.everyone());

ALTER TABLE public.note_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notice_preferences ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notice_readers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.onboarding_plans ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.passkey_challenges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.passkeys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.password_resets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.received_emails ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_codes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.retention ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_places ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sign_ups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.stage_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.stage_rule_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.stage_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.stage_suggestions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.summary_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.suppressions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.task_drafts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tasks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.team_invitations ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON public.accounts USING (((id = app.account()) OR (parent_id = app.account()) OR app.everyone())) WITH CHECK (((id = app.account()) OR (parent_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.ai_runs USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.audit_log USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.brand_assets USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.bulk_jobs USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.bulk_rows USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.contact_points USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.contact_spellings USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.contact_words USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.contacts USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.counter_changes USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.counters USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.credentials USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.custom_fields USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.digest_preferences USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.distinct_people USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.documents USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.email_log_events USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.email_logs USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.email_templates USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.erasures USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.events USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.files USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.google_consents USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.google_credentials USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.google_revocations USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.import_mappings USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.import_rows USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.imports USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.journey_templates USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.journeys USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.memberships USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.merge_rows USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.merges USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.message_events USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.message_templates USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.messages USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.note_words USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.notes USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.notice_preferences USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.notice_readers USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.notices USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.onboarding_plans USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.received_emails USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.retention USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.stage_changes USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.stage_rule_runs USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.stage_rules USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.stage_suggestions USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.summary_runs USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.suppressions USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.task_drafts USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.tasks USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.team_invitations USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.today_skips USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.users USING ((app.everyone() OR (EXISTS ( SELECT
   FROM public.memberships m
  WHERE ((m.account_id = app.account()) AND (m.user_id = users.id)))))) WITH CHECK (app.everyone());

CREATE POLICY tenant ON public.view_choices USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.views USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.webhook_attempts USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.webhook_deliveries USING (((account_id = app.account()) OR app.everyone())) WITH CHECK (((account_id = app.account()) OR app.everyone()));

CREATE POLICY tenant ON public.webhook_secrets USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

CREATE POLICY tenant ON public.webhooks USING ((account_id = app.account())) WITH CHECK ((account_id = app.account()));

ALTER TABLE public.today_skips ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_identities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_totp ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.view_choices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.views ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_attempts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_secrets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhooks ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA app TO doorstep_app;

GRANT SELECT,INSERT ON TABLE public.audit_log TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.audit_checks TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.clock TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.idempotency_keys TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.job_workers TO doorstep_app;

GRANT SELECT,USAGE ON SEQUENCE app.job_workers_id_seq TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.jobs TO doorstep_app;

GRANT SELECT ON TABLE app.migrations TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.notice_kinds TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.schedules TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_runs TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.brand_assets TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bulk_jobs TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bulk_rows TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.client_onboarding_tokens TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.client_profiles TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_points TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_spellings TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_words TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.counter_changes TO doorstep_app;

GRANT SELECT,USAGE ON SEQUENCE public.counter_changes_id_seq TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.counters TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.counter_parts TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credentials TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.custom_fields TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.devices TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.digest_preferences TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.distinct_people TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.documents TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_changes TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_log_events TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_logs TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_templates TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.erasures TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.events TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.files TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.google_consents TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.google_credentials TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.google_revocations TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.health_checks TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_mappings TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_rows TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.imports TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_webhooks TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.journey_templates TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.journeys TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.merge_rows TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.merges TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_events TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_templates TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_challenges TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.note_words TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notes TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_preferences TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_readers TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.onboarding_plans TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passkey_challenges TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passkeys TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.password_resets TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rate_counts TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.received_emails TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_codes TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.retention TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_failures TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_places TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_ups TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stage_changes TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stage_rule_runs TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stage_rules TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stage_suggestions TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.summary_runs TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.suppressions TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.task_drafts TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tasks TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.team_invitations TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.today_skips TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_identities TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_totp TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.view_choices TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.views TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_attempts TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_deliveries TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_secrets TO doorstep_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks TO doorstep_app;

