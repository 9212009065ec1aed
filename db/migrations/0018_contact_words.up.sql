-- What people are found by. A trigram index would serve, were it not for row-level security, under which PostgreSQL uses an index
-- only for comparisons that can't leak: so words stand in a table of their own, searched by ranges of plain text. Triggers keep it,
-- so that no way of writing a contact can forget to.
create extension if not exists unaccent;

create function app.fold(word text) returns text language sql stable parallel safe as $$
    select left(lower(unaccent(word)), 60)
$$;

create function app.words(content text) returns setof text language sql stable parallel safe as $$
    select distinct w from regexp_split_to_table(lower(unaccent(content)), '[^[:alnum:]]+') w where length(w) between 1 and 60
$$;

-- weight: how much a match there says. 5 name, 4 phone, 3 e-mail, 2 address, 1 notes; 0 for keys, which only filters ask for:
-- '#tag' and '=field=value'.
create table contact_words (
    account_id uuid not null references accounts (id),
    word text collate "C" not null,
    contact_id uuid not null,
    weight smallint not null,
    primary key (account_id, word, contact_id)
);
select app.protect('contact_words');

-- Words of names and addresses by what is left when one letter is missing: where a mistyped word meets the right one.
create table contact_spellings (
    account_id uuid not null references accounts (id),
    variant text collate "C" not null,
    word text collate "C" not null,
    primary key (account_id, variant, word)
);
select app.protect('contact_spellings');

create function app.contact_words(c contacts) returns table (word text, weight integer)
    language sql stable parallel safe
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

create function app.spellings(word text) returns setof text language sql immutable parallel safe as $$
    select word union select overlay(word placing '' from i for 1) from generate_series(1, length(word)) i
$$;

create function app.index_contacts() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from contact_words w using (
            select o.account_id, o.id, ow.word from old_rows o join new_rows n using (account_id, id)
            cross join lateral app.contact_words(o) ow
            where (o.name, o.email, o.phone, o.phone_e164, o.property_address, o.notes, o.tags, o.custom_fields, o.deleted_at)
                is distinct from
                (n.name, n.email, n.phone, n.phone_e164, n.property_address, n.notes, n.tags, n.custom_fields, n.deleted_at)
        ) gone
        where w.account_id = gone.account_id and w.word = gone.word and w.contact_id = gone.id;
        with fresh as (
            select n.account_id, n.id, nw.word, nw.weight from old_rows o join new_rows n using (account_id, id)
            cross join lateral app.contact_words(n) nw
            where (o.name, o.email, o.phone, o.phone_e164, o.property_address, o.notes, o.tags, o.custom_fields, o.deleted_at)
                is distinct from
                (n.name, n.email, n.phone, n.phone_e164, n.property_address, n.notes, n.tags, n.custom_fields, n.deleted_at)
        ), kept as (
            insert into contact_words (account_id, word, contact_id, weight)
            select account_id, word, id, weight from fresh on conflict do nothing
        )
        insert into contact_spellings (account_id, variant, word)
        select distinct f.account_id, s.variant, f.word from fresh f cross join lateral app.spellings(f.word) s (variant)
        where f.weight in (2, 5) and length(f.word) between 4 and 20 and f.word !~ '[0-9]'
        on conflict do nothing;
    elsif tg_op = 'INSERT' then
        with fresh as materialized (
            select n.account_id, n.id, nw.word, nw.weight from new_rows n cross join lateral app.contact_words(n) nw
        ), kept as (
            insert into contact_words (account_id, word, contact_id, weight)
            select account_id, word, id, weight from fresh order by account_id, word, id on conflict do nothing
        ), spelt as (
            select distinct account_id, word from fresh
            where weight in (2, 5) and length(word) between 4 and 20 and word !~ '[0-9]'
        )
        insert into contact_spellings (account_id, variant, word)
        select distinct s.account_id, v.variant, s.word from spelt s cross join lateral app.spellings(s.word) v (variant)
        where not exists (
            select from contact_spellings k where k.account_id = s.account_id and k.variant = s.word collate "C" and k.word = s.word collate "C"
        )
        order by 1, 2, 3
        on conflict do nothing;
    else
        delete from contact_words w using (
            select o.account_id, o.id, ow.word from old_rows o cross join lateral app.contact_words(o) ow
        ) gone
        where w.account_id = gone.account_id and w.word = gone.word and w.contact_id = gone.id;
    end if;
    return null;
end
$$;
create trigger index_inserts after insert on contacts referencing new table as new_rows
    for each statement execute function app.index_contacts();
create trigger index_updates after update on contacts referencing old table as old_rows new table as new_rows
    for each statement execute function app.index_contacts();
create trigger index_deletes after delete on contacts referencing old table as old_rows
    for each statement execute function app.index_contacts();

insert into contact_words (account_id, word, contact_id, weight)
select c.account_id, w.word, c.id, w.weight from contacts c cross join lateral app.contact_words(c) w;
insert into contact_spellings (account_id, variant, word)
select distinct w.account_id, s.variant, w.word from contact_words w cross join lateral app.spellings(w.word) s (variant)
where w.weight in (2, 5) and length(w.word) between 4 and 20 and w.word !~ '[0-9]';

drop index contacts_search;
drop index contacts_tags;
alter table contacts drop column search;

-- Tags with their counts, kept as the other counters are.
create function app.count_tags() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into counter_changes (account_id, name, change)
        select account_id, 'tag:' || tag, count(*) from new_rows cross join lateral unnest(tags) tag
        where deleted_at is null group by 1, 2;
    else
        insert into counter_changes (account_id, name, change)
        select account_id, name, sum(change) from (
            select n.account_id, 'tag:' || tag as name, 1 as change
            from new_rows n cross join lateral unnest(n.tags) tag where n.deleted_at is null
            union all
            select o.account_id, 'tag:' || tag, -1
            from old_rows o cross join lateral unnest(o.tags) tag where o.deleted_at is null
        ) both_sides group by 1, 2 having sum(change) <> 0;
    end if;
    return null;
end
$$;
create trigger count_tags_of_inserts after insert on contacts referencing new table as new_rows
    for each statement execute function app.count_tags();
create trigger count_tags_of_updates after update on contacts referencing old table as old_rows new table as new_rows
    for each statement execute function app.count_tags();
insert into counter_changes (account_id, name, change)
select account_id, 'tag:' || tag, count(*) from contacts cross join lateral unnest(tags) tag where deleted_at is null group by 1, 2;
