-- An account's archive holds the account itself, its people, its profile and businesses too, and the small tables without ids.
create function app.account_parts() returns table (name name, rows text) language sql immutable as $$
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
$$;

create or replace function app.account_tables() returns setof name language sql stable as $$
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

create or replace function app.table_rows(source_table name, account uuid, behind uuid, most integer)
    returns table (id uuid, data jsonb) language plpgsql stable
as $$
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
$$;
