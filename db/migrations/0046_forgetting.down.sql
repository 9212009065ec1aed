drop function app.erase_contact(uuid, uuid);
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
drop function app.erase_mentions(uuid, uuid, text, text[]);
drop function app.without_samples(jsonb);
drop function app.forget_webhooks(text[]);
drop function app.addresses_of(uuid, uuid);
-- Imports whose file is gone can't stand without it.
delete from imports where file_id is null;
alter table imports drop constraint imports_account_id_file_id_fkey;
alter table imports add foreign key (account_id, file_id) references files (account_id, id) on delete cascade;
alter table imports alter column file_id set not null;
