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

delete from contact_words where word ~ '^=[^=]*>[0-9a-f]{16}$';

drop function app.in_order(numeric);
