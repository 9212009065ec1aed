delete from import_rows where outcome = 'skipped';
alter table import_rows drop constraint import_rows_outcome_check;
alter table import_rows add constraint import_rows_outcome_check check (outcome in ('added', 'updated', 'bad', 'undone', 'kept'));
alter table imports drop column remarked;
alter table imports drop column match_by;

create or replace function app.erase_contact(account uuid, contact uuid) returns jsonb language plpgsql as $$
declare
    counts jsonb := '{}';
    part record;
    target_table name;
    ids uuid[];
    person contacts;
    addresses text[];
    words text[];
begin
    select c.* into person from contacts c where c.account_id = account and c.id = contact;
    person.deleted_at := null; -- the deleted have no words
    select array_agg(distinct w.word) into words from app.contact_words(person) w where w.weight in (2, 5);
    addresses := array(select app.addresses_of(account, contact));

    perform app.erase_mentions(account, contact, person.name, addresses || contact::text || array(
        select id::text from messages where account_id = account and contact_id = contact
        union all
        select id::text from tasks where account_id = account and contact_id = contact
    ));

    perform set_config('app.erasing', contact::text, true);
    delete from bulk_rows where account_id = account and contact_id = contact;
    delete from import_rows where account_id = account and (contact_id = contact or (
        outcome = 'bad' and (
            lower(cells::text || reasons::text) like any (
                select '%' || replace(replace(replace(address, '\', '\\'), '_', '\_'), '%', '\%') || '%' from unnest(addresses) address
            ) or exists (select from unnest(cells) cell where app.is_number(cell, person.phone_e164))
        )
    ));
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

    delete from suppressions s where s.account_id = account and s.address_key = any (addresses) and not exists (
        select from contacts c where c.account_id = account and c.email_key = s.address_key and c.deleted_at is null
    );
    delete from contact_spellings s using unnest(words) spelt (word), lateral app.spellings(spelt.word) form (variant)
    where s.account_id = account and s.variant = form.variant collate "C" and s.word = spelt.word collate "C" and not exists (
        select from contact_words w where w.account_id = account and w.word = spelt.word collate "C"
    );
    return counts;
end
$$;
