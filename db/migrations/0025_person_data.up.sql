-- All that is kept about a person or an account, whatever module keeps it: for archives, and for forgetting.

-- What opens something or proves something is nobody's data.
create function app.without_secrets(data jsonb) returns jsonb language sql immutable parallel safe as $$
    select coalesce(jsonb_object_agg(key, value) filter (where key !~ '(token|secret|password|sealed|_hash$)'), '{}') from jsonb_each(data)
$$;

create function app.contact_data(account uuid, contact uuid) returns table (name text, rows jsonb) language plpgsql stable as $$
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
$$;

create function app.account_tables() returns setof name language sql stable as $$
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and c.relname not in ('credentials', 'contact_words', 'contact_spellings', 'note_words', 'counter_changes', 'merge_rows')
        and 2 = (
            select count(*) from pg_attribute a
            where a.attrelid = c.oid and a.attname in ('account_id', 'id') and not a.attisdropped and a.atttypid = 'uuid'::regtype
        )
    order by 1
$$;

create function app.table_rows(source_table name, account uuid, behind uuid, most integer)
    returns table (id uuid, data jsonb) language plpgsql stable
as $$
begin
    if source_table not in (select app.account_tables()) then
        raise exception 'no table of an account: %', source_table;
    end if;
    return query execute format(
        'select t.id, app.without_secrets(to_jsonb(t)) from public.%I t where t.account_id = $1 and t.id > $2 order by t.id limit $3',
        source_table
    ) using account, behind, most;
end
$$;

create table retention (
    account_id uuid primary key references accounts (id),
    trash_days integer not null check (trash_days between 1 and 365)
);
select app.protect('retention', true);
create index contacts_trash on contacts (deleted_at) where deleted_at is not null;

-- What is left of somebody who was erased. The hash is keyed: it tells those who know the address that it was about this person.
create table erasures (
    account_id uuid not null references accounts (id),
    id uuid not null,
    contact_id uuid not null,
    subject_hash text not null,
    reason text not null,
    erased jsonb not null,
    erased_by text not null,
    erased_at timestamptz not null,
    primary key (account_id, id)
);
create index erasures_newest on erasures (account_id, erased_at desc, id desc);
select app.protect('erasures');

-- The history is append-only but for this: within a transaction that erases a person, that person's events may go.
create or replace function app.events_are_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.contact_id is not null
        and old.contact_id::text = current_setting('app.erasing', true) then
        return old;
    end if;
    raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end
$$;

-- Deletes rows and, before them, what refers to them, whoever owns those tables.
create function app.erase_rows(account uuid, target name, ids uuid[]) returns table (name text, rows bigint) language plpgsql as $$
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
$$;

create function app.erase_contact(account uuid, contact uuid) returns jsonb language plpgsql as $$
declare
    counts jsonb := '{}';
    part record;
    target_table name;
    ids uuid[];
begin
    perform set_config('app.erasing', contact::text, true);
    delete from bulk_rows where account_id = account and contact_id = contact;
    delete from import_rows where account_id = account and contact_id = contact;
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
    return counts;
end
$$;

-- Rows that go for good are counted no more.
create function app.count_gone_contacts() returns trigger language plpgsql as $$
begin
    insert into counter_changes (account_id, name, change)
    select account_id, app.contact_counter(stage, deleted_at), -count(*) from old_rows group by 1, 2;
    insert into counter_changes (account_id, name, change)
    select account_id, 'tag:' || tag, -count(*) from old_rows cross join lateral unnest(tags) tag
    where deleted_at is null group by 1, 2;
    return null;
end
$$;
create trigger count_deletes after delete on contacts referencing old table as old_rows
    for each statement execute function app.count_gone_contacts();

create function app.count_gone_tasks() returns trigger language plpgsql as $$
begin
    insert into counter_changes (account_id, name, change)
    select account_id, 'tasks:' || status, -count(*) from old_rows where deleted_at is null group by 1, 2;
    return null;
end
$$;
create trigger count_deletes after delete on tasks referencing old table as old_rows
    for each statement execute function app.count_gone_tasks();
