-- The append-only history: one row a domain act, written in its transaction. Timelines, activity and live pages read it.
create table events (
    account_id uuid not null references accounts (id),
    id uuid not null,
    at timestamptz not null,
    kind text not null,
    contact_id uuid,
    task_id uuid,
    message_id uuid,
    actor_kind text not null check (actor_kind in ('user', 'api_key', 'contact', 'provider', 'system')),
    actor_id uuid,
    actor_name text not null default '',
    data jsonb not null default '{}',
    trace_id text not null default '',
    ip text,
    primary key (account_id, id)
);
create index events_contact on events (account_id, contact_id, at desc, id desc) where contact_id is not null;
create index events_newest on events (account_id, at desc, id desc);
select app.protect('events', true);

create function app.events_are_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger append_only before update or delete on events for each row execute function app.events_are_append_only();
