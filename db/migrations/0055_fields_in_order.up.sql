-- Numbers of an office's own fields are found between two others: each as a word that stands, letter by letter, in their order.

-- Sixteen hexadecimal digits that sort as the numbers do, those beyond a double's range at its ends.
create function app.in_order(n numeric) returns text language sql immutable parallel safe as $$
    select lpad(to_hex((case when bits & b'1'::bit(64) <> 0::bit(64) then ~bits else bits | b'1'::bit(64) end)::bigint), 16, '0')
    from (
        select ('x' || encode(float8send(greatest(least(n, 1e308), -1e308)::float8), 'hex'))::bit(64) as bits
    ) ieee754
$$;

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

insert into contact_words (account_id, word, contact_id, weight)
select c.account_id, w.word, c.id, w.weight from contacts c cross join lateral app.contact_words(c) w
where c.custom_fields <> '{}' and w.word ~ '^=[^=]*>[0-9a-f]{16}$'
on conflict do nothing;
