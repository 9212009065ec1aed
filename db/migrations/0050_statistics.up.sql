-- Plans are made from statistics, and kept. A new office's tables grow a thousandfold within a minute, by an import or by its
-- first follow-ups, and autovacuum looks once a minute at most: until then every plan is that of an empty table. What has grown
-- by a fifth is looked at here, by its owner; how many tables that were. One that is locked waits for the next look, and so do
-- those that are left after five seconds: what takes too long is undone.
create function app.analyze_grown() returns integer language plpgsql
    security definer set search_path = pg_catalog, public set lock_timeout = '100ms'
as $$
declare
    grown regclass;
    done integer := 0;
begin
    for grown in
        select c.oid from pg_stat_all_tables s join pg_class c on c.oid = s.relid
        where s.schemaname in ('public', 'app') and c.relkind = 'r'
            and s.n_mod_since_analyze > greatest(500, c.reltuples / 5)
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

-- Whether a journey has steps left: asked with every step that is done.
create index tasks_open_of_journey on tasks (account_id, journey_id) where status = 'pending' and deleted_at is null;

-- A provider's batch has hundreds of kilobytes, and its sender waits while it is compressed.
do $$
begin
    alter table inbound_webhooks alter column body set compression lz4;
exception when feature_not_supported then
    null; -- a PostgreSQL built without it
end
$$;
