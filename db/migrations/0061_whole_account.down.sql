create or replace function app.table_rows(source_table name, account uuid, behind uuid, most integer)
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
create or replace function app.account_tables() returns setof name language sql stable as $$
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and c.relname not in ('credentials', 'contact_words', 'contact_spellings', 'note_words', 'counter_changes', 'merge_rows')
        and 2 = (
            select count(*) from pg_attribute a
            where a.attrelid = c.oid and a.attname in ('account_id', 'id') and not a.attisdropped and a.atttypid = 'uuid'::regtype
        )
    order by 1
$$;
drop function app.account_parts();
