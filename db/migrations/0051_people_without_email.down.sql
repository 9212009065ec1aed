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
