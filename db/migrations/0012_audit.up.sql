-- The security log: who did what to whom, chained by hashes, so that an entry changed, taken out or put in later shows.
create table audit_log (
    account_id uuid not null references accounts (id),
    seq bigint not null, -- 1, 2, 3 … within the account
    id uuid not null,
    at timestamptz not null,
    action text not null,
    actor_kind text not null check (actor_kind in ('user', 'api_key', 'contact', 'provider', 'system')),
    actor_id uuid,
    actor_name text not null,
    -- Staff of an agency acting in a business: both accounts' logs have the entry, and it names both.
    actor_account_id uuid,
    acted_in_account_id uuid,
    subject_kind text not null,
    subject_id uuid,
    subject_name text not null,
    before jsonb,
    after jsonb,
    ip text,
    user_agent text,
    trace_id text not null,
    previous_hash text not null,
    hash text not null check (length(hash) = 64),
    primary key (account_id, seq),
    check ((actor_account_id is null) = (acted_in_account_id is null))
);
create unique index audit_log_id_key on audit_log (account_id, id);
create index audit_log_subject on audit_log (account_id, subject_id, seq desc) where subject_id is not null;
create index audit_log_actor on audit_log (account_id, actor_id, seq desc) where actor_id is not null;
select app.protect('audit_log', true);

-- An array, since texts put side by side can be cut apart elsewhere.
create function app.audit_hash(entry audit_log) returns text
    language sql immutable
as $$
    select encode(sha256(convert_to(jsonb_build_array(
        entry.previous_hash, entry.account_id, entry.seq, entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.action,
        entry.actor_kind, entry.actor_id, entry.actor_name, entry.actor_account_id, entry.acted_in_account_id, entry.subject_kind,
        entry.subject_id, entry.subject_name, entry.before, entry.after, entry.ip, entry.user_agent, entry.trace_id
    )::text, 'UTF8')), 'hex')
$$;

-- Writers of one account take turns, until they commit: a chain has one end.
create function app.chain_audit() returns trigger language plpgsql as $$
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
create trigger chain before insert on audit_log for each row execute function app.chain_audit();

create function app.audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the security log is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger append_only before update or delete on audit_log for each row execute function app.audit_is_append_only();
create trigger no_truncate before truncate on audit_log for each statement execute function app.audit_is_append_only();
grant select, insert on audit_log to doorstep_app;

-- Which entries do not follow from the one before them.
create view app.audit_checks with (security_invoker = true) as
    select account_id, seq, hash,
        hash <> app.audit_hash(entry) or previous_hash <> lag(hash, 1, repeat('0', 64)) over chain
            or seq <> lag(seq, 1, 0::bigint) over chain + 1 as broken
    from audit_log entry
    window chain as (partition by account_id order by seq);
