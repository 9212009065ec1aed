-- A person is not an e-mail address: who is known by a telephone number alone is a person too. One of the two there must be.
alter table contacts alter column email drop not null;
alter table contacts alter column email_key drop not null;
alter table contacts add constraint contacts_email_check check ((email is null) = (email_key is null));
alter table contacts add constraint contacts_reachable check (email is not null or phone is not null);

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
        select app.fold(c.email), 3 where c.email is not null
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
    select email_key from contacts where account_id = account and id = contact and email_key is not null
    union
    select lower(to_email) from messages where account_id = account and contact_id = contact
$$;

-- Those whom the way back gave an address that nothing reaches lose it again.
update contacts set email = null, email_key = null,
    unsubscribed_at = case when unsubscribed_reason <> 'no e-mail address' then unsubscribed_at end,
    unsubscribed_reason = case when unsubscribed_reason <> 'no e-mail address' then unsubscribed_reason end
where email_key = id || '@no-address.invalid';

-- An e-mail that fell due while the person had no address is a person's work (mode 'manual') until there is one: then it is done in
-- this mode again.
alter table tasks add column addressed_mode text check (addressed_mode in ('automatic', 'approve'));
create index tasks_unaddressed on tasks (account_id, contact_id) where addressed_mode is not null;
