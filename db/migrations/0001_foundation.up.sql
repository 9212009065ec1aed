-- What every later step stands on: whose rows a transaction may see, how a table is protected, and the store's clock.

create schema if not exists app;

-- The tenant of the transaction. After a transaction the setting is an empty text, not NULL.
create function app.account() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.account', true), '')::uuid;

-- Schedules and webhooks before their tenant is known see every tenant, where a table allows it.
create function app.everyone() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('app.everyone', true) = 'on', false);

-- What a check of a credential must yield: NULL ends the transaction before it has begun its work.
create domain app.live_credential as text not null;

-- Row-level security for a table with an account_id, its owner included.
create function app.protect(target regclass, cross_account boolean default false) returns void
    language plpgsql
as $$
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

-- How far the product's clock is from the system's. Every process on the store follows it.
create table app.clock (
    singleton boolean primary key default true check (singleton),
    offset_us bigint not null default 0
);
insert into app.clock default values;

create function app.tell_clock() returns trigger
    language plpgsql
as $$
begin
    perform pg_notify('clock', new.offset_us::text);
    return null;
end
$$;

create trigger tell after insert or update on app.clock
    for each row execute function app.tell_clock();
