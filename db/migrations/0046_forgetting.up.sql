-- Who is erased is erased everywhere: what the raw webhooks say of them, how the words of their name are spelt, the answers kept for
-- repeated requests, and the file they came in. Only that they must not be written to any more survives, under a name that cannot be
-- read back.

-- A file of people goes when it is no longer needed; what was imported from it stays.
alter table imports alter column file_id drop not null;
alter table imports drop constraint imports_account_id_file_id_fkey;
alter table imports add foreign key (account_id, file_id) references files (account_id, id) on delete set null (file_id);

-- The addresses by which a person may be known: their own, and those that letters to them went to.
create function app.addresses_of(account uuid, contact uuid) returns setof text language sql stable as $$
    select email_key from contacts where account_id = account and id = contact
    union
    select lower(to_email) from messages where account_id = account and contact_id = contact
$$;

-- What webhooks brought is nobody's until it is read: these rows belong to no account, and are seen by everyone or by none. All that
-- are kept are looked through, so many people's addresses go at once.
create function app.forget_webhooks(addresses text[]) returns bigint language plpgsql as $$
declare
    before text := coalesce(current_setting('app.everyone', true), '');
    gone bigint;
begin
    perform set_config('app.everyone', 'on', true);
    update inbound_webhooks w set body = ''
    where w.processed_at is not null and w.body <> '' and exists (
        select from unnest(addresses) address
        where position(address in lower(encode(w.body, 'escape'))) > 0
            or position(replace(address, '@', '%40') in lower(encode(w.body, 'escape'))) > 0
    );
    get diagnostics gone = row_count;
    perform set_config('app.everyone', before, true);
    return gone;
end
$$;

-- A file's columns without the cells that were shown to tell them apart.
create function app.without_samples(columns jsonb) returns jsonb language sql immutable parallel safe as $$
    select coalesce(jsonb_agg(part || '{"samples": []}' order by number), '[]') from jsonb_array_elements(columns) with ordinality c (part, number)
$$;
update import_mappings set columns = app.without_samples(columns);

-- What the office was told of a person, and what was kept to do with them: rows that no key leads to.
create function app.erase_mentions(account uuid, contact uuid, person_name text, traces text[]) returns void language plpgsql as $$
declare
    quoted text := lower(to_jsonb(person_name)::text);
    letters uuid[];
begin
    delete from notices n where n.account_id = account and (
        position(quoted in lower(n.facts::text)) > 0 or exists (
            select from unnest(traces) trace where position(trace in lower(n.facts::text || ' ' || n.link)) > 0
        )
    );
    letters := array(
        select l.id from email_logs l where l.account_id = account and (
            position(quoted in lower(l.facts::text)) > 0 or exists (
                select from unnest(traces) trace where position(trace in lower(l.facts::text || ' ' || coalesce(l.subject, ''))) > 0
            )
        )
    );
    delete from email_log_events where account_id = account and log_id = any (letters);
    delete from email_logs where account_id = account and id = any (letters);
    update bulk_jobs b set arguments = replace(b.arguments::text, contact::text, '00000000-0000-0000-0000-000000000000')::jsonb
    where b.account_id = account and position(contact::text in b.arguments::text) > 0;
    delete from app.idempotency_keys k where k.account_id = account and exists (
        select from unnest(traces) trace where position(trace in lower(encode(k.body, 'escape'))) > 0
    );
    update imports i set columns = app.without_samples(i.columns)
    where i.account_id = account and (
        exists (select from import_rows r where r.account_id = account and r.import_id = i.id and r.contact_id = contact)
        or exists (select from unnest(traces) trace where position(trace in lower(i.columns::text)) > 0)
    );
end
$$;

drop function app.erase_contact(uuid, uuid);
create function app.erase_contact(account uuid, contact uuid) returns jsonb language plpgsql as $$
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
