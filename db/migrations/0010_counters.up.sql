-- Dashboard numbers kept in the transactions that change them. Writers only append differences, so that two of them never wait
-- for each other; a schedule folds the differences into the totals; a reader adds both.
create table counters (
    account_id uuid not null references accounts (id),
    name text not null,
    bucket timestamptz not null default '-infinity',
    value bigint not null,
    primary key (account_id, name, bucket)
);
select app.protect('counters', true);

create table counter_changes (
    account_id uuid not null,
    id bigint generated always as identity,
    name text not null,
    bucket timestamptz not null default '-infinity',
    change bigint not null,
    primary key (account_id, id)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
select app.protect('counter_changes', true);

create function app.contact_counter(stage text, deleted timestamptz) returns text language sql immutable as $$
    select case when deleted is null then 'clients:' else 'deleted_clients:' end || stage
$$;

create function app.count_contacts() returns trigger language plpgsql as $$
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
create trigger count_inserts after insert on contacts referencing new table as new_rows
    for each statement execute function app.count_contacts();
create trigger count_updates after update on contacts referencing old table as old_rows new table as new_rows
    for each statement execute function app.count_contacts();

create function app.count_tasks() returns trigger language plpgsql as $$
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
create trigger count_inserts after insert on tasks referencing new table as new_rows
    for each statement execute function app.count_tasks();
create trigger count_updates after update on tasks referencing old table as old_rows new table as new_rows
    for each statement execute function app.count_tasks();

-- Buckets of a quarter of an hour: the finest offset between time zones, so that any zone's day is a sum of them.
create function app.quarter(at timestamptz) returns timestamptz language sql immutable as $$
    select date_bin('15 minutes', at, '2000-01-01 00:00:00+00')
$$;

create function app.count_messages() returns trigger language plpgsql as $$
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
create function app.count_new_messages() returns trigger language plpgsql as $$
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
create trigger count_inserts after insert on messages referencing new table as new_rows
    for each statement execute function app.count_new_messages();
create trigger count_updates after update on messages referencing old table as old_rows new table as new_rows
    for each statement execute function app.count_messages();
