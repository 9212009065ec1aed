alter function app.count_tags() reset jit;
alter function app.count_contacts() reset jit;
alter function app.index_note() reset jit;
alter function app.index_contacts() reset jit;
create or replace function app.spellings(word text) returns setof text language sql immutable parallel safe rows 1000 as $$
    select word union select overlay(word placing '' from i for 1) from generate_series(1, length(word)) i
$$;
create or replace function app.contact_words(c contacts) returns table (word text, weight integer)
    language sql stable parallel safe rows 1000
as $$
    select found.word, max(found.weight) from (
        select app.words(c.name), 5
        union all
        select right(digits.all_of, n), 4
        from (select regexp_replace(coalesce(c.phone_e164, c.phone), '\D', '', 'g')) digits (all_of), unnest(array[4, 7, 10, 20]) n
        where length(digits.all_of) >= 4
        union all
        select app.fold(c.email), 3
        union all
        select app.words(c.email), 3
        union all
        select app.words(c.property_address), 2
        union all
        select app.words(c.notes), 1 where c.notes is not null
        union all
        select '#' || tag, 0 from unnest(c.tags) tag
        union all
        select left('=' || f.key || '=' || lower(f.value), 200), 0 from jsonb_each_text(c.custom_fields) f where f.value is not null
    ) found (word, weight)
    where c.deleted_at is null
    group by found.word
$$;
create or replace function app.words(content text) returns setof text language sql stable parallel safe rows 1000 as $$
    select distinct w from regexp_split_to_table(lower(unaccent(content)), '[^[:alnum:]]+') w where length(w) between 1 and 60
$$;
drop function app.plain(text);
alter table contact_spellings add constraint contact_spellings_account_id_fkey foreign key (account_id) references accounts (id);
alter table contact_words add constraint contact_words_account_id_fkey foreign key (account_id) references accounts (id);
