-- Two records of one person become one: what was moved is written down row by row, so that it can be moved back.
alter table contacts
    add column merged_into uuid,
    add foreign key (account_id, merged_into) references contacts (account_id, id);
create index contacts_merged on contacts (account_id, merged_into) where merged_into is not null;

create table merges (
    account_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    other_id uuid not null,
    before jsonb not null,      -- of the one that stays
    after jsonb not null,
    merged_at timestamptz not null,
    merged_by text not null,
    undone_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade,
    foreign key (account_id, other_id) references contacts (account_id, id) on delete cascade
);
create index merges_contact on merges (account_id, contact_id, merged_at desc);
create index merges_other on merges (account_id, other_id);
select app.protect('merges');

create table merge_rows (
    account_id uuid not null,
    merge_id uuid not null,
    table_name text not null,
    row_id uuid not null,
    primary key (account_id, merge_id, table_name, row_id),
    foreign key (account_id, merge_id) references merges (account_id, id) on delete cascade
);
select app.protect('merge_rows');

create table distinct_people (
    account_id uuid not null,
    a_id uuid not null,
    b_id uuid not null,
    primary key (account_id, a_id, b_id),
    foreign key (account_id, a_id) references contacts (account_id, id) on delete cascade,
    foreign key (account_id, b_id) references contacts (account_id, id) on delete cascade,
    check (a_id < b_id)
);
create index distinct_people_b on distinct_people (account_id, b_id);
select app.protect('distinct_people');

-- What hangs on a contact, of whatever module: tables with account_id, id and contact_id. Not events, which are written once and are
-- read under both ids; nor what is derived from the contact itself.
create function app.contact_tables() returns setof name language sql stable as $$
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('events', 'merges')
        and 3 = (
            select count(*) from pg_attribute a
            where a.attrelid = c.oid and a.attname in ('account_id', 'id', 'contact_id') and not a.attisdropped
                and a.atttypid = 'uuid'::regtype
        )
    order by 1
$$;

-- A row that the other one has already under a unique key stays where it is: it is the history of the merged record.
create function app.move_contact_rows(account uuid, merge uuid, source uuid, target uuid) returns void language plpgsql as $$
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
$$;

create function app.return_contact_rows(account uuid, merge uuid, source uuid, target uuid) returns void language plpgsql as $$
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
$$;
