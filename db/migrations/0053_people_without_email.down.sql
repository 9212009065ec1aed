-- A task that waits for an address stays a person's work.
drop index tasks_unaddressed;
alter table tasks drop column addressed_mode;

-- Nobody is lost: who has no address gets one under a name that is reserved for going nowhere, and is marked as wanting no e-mail, so
-- that nothing is ever sent there. The way up takes both off again.
update contacts set email = id || '@no-address.invalid', email_key = id || '@no-address.invalid',
    unsubscribed_at = coalesce(unsubscribed_at, updated_at), unsubscribed_reason = coalesce(unsubscribed_reason, 'no e-mail address')
where email is null;

alter table contacts drop constraint contacts_reachable;
alter table contacts drop constraint contacts_email_check;
alter table contacts alter column email set not null;
alter table contacts alter column email_key set not null;

create or replace function app.contact_words(c contacts) returns table (word text, weight integer)
    language sql stable parallel safe rows 15
as $$
    select found.word, max(found.weight) from (
        select w, v.weight
        from (values (c.name, 5), (c.email, 3), (c.property_address, 2), (c.notes, 1)) v (content, weight)
        cross join lateral string_to_table(app.plain(v.content), ' ') w
        where w <> '' and length(w) <= 60
        union all
        select right(digits.all_of, n), 4
        from (select coalesce(ltrim(c.phone_e164, '+'), regexp_replace(c.phone, '\D', '', 'g'))) digits (all_of),
            unnest(array[4, 7, 10, 20]) n
        where length(digits.all_of) >= 4
        union all
        select app.fold(c.email), 3
        union all
        select '#' || tag, 0 from unnest(c.tags) tag where c.tags <> '{}'
        union all
        select left('=' || f.key || '=' || lower(f.value), 200), 0
        from jsonb_each_text(c.custom_fields) f where c.custom_fields <> '{}' and f.value is not null
    ) found (word, weight)
    where c.deleted_at is null
    group by found.word
$$;

create or replace function app.addresses_of(account uuid, contact uuid) returns setof text language sql stable as $$
    select email_key from contacts where account_id = account and id = contact
    union
    select lower(to_email) from messages where account_id = account and contact_id = contact
$$;

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
        outcome = 'bad' and lower(cells::text || reasons::text) like any (
            select '%' || replace(replace(replace(address, '\', '\\'), '_', '\_'), '%', '\%') || '%' from unnest(addresses) address
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

drop function app.is_number(text, text);
