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
        union all
        select left('=' || f.key || '>' || app.in_order(f.value::numeric), 200), 0
        from jsonb_each(c.custom_fields) f where c.custom_fields <> '{}' and jsonb_typeof(f.value) = 'number'
    ) found (word, weight)
    where c.deleted_at is null
    group by found.word
$$;

create or replace function app.addresses_of(account uuid, contact uuid) returns setof text language sql stable as $$
    select email_key from contacts where account_id = account and id = contact and email_key is not null
    union
    select lower(to_email) from messages where account_id = account and contact_id = contact
$$;

delete from contact_words w
where w.contact_id in (select contact_id from contact_points union select id from contacts where tags <> '{}') and not exists (
    select from contacts c cross join lateral app.contact_words(c) n
    where c.account_id = w.account_id and c.id = w.contact_id and n.word = w.word
);

drop table contact_points;
drop function app.index_point();
drop function app.point_words(text, text, text);
