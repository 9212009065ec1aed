-- A person has one e-mail address and one number that they are written to and called at, and any number of others that they are
-- known by: those of records that were merged into theirs, and what somebody adds.
create table contact_points (
    account_id uuid not null references accounts (id),
    id uuid not null,
    contact_id uuid not null,
    kind text not null check (kind in ('email', 'phone')),
    value text not null,
    key text not null, -- as contacts.email_key and contacts.phone_e164
    merge_id uuid, -- the merge that brought it
    created_at timestamptz not null,
    primary key (account_id, id),
    unique (account_id, contact_id, kind, key),
    foreign key (account_id, contact_id) references contacts (account_id, id)
);
create index contact_points_key on contact_points (account_id, kind, key);
select app.protect('contact_points');

create function app.point_words(kind text, value text, key text) returns table (word text, weight integer)
    language sql stable parallel safe rows 4
as $$
    select app.fold(value), 3 where kind = 'email'
    union
    select w, 3 from string_to_table(app.plain(value), ' ') w where kind = 'email' and w <> '' and length(w) <= 60
    union
    select right(digits, n), 4 from ltrim(key, '+') digits, unnest(array[4, 7, 10, 20]) n where kind = 'phone' and length(digits) >= 4
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
        union all
        select w, 1 from unnest(c.tags) tag cross join lateral string_to_table(app.plain(tag), ' ') w
        where c.tags <> '{}' and w <> '' and length(w) <= 60
        union all
        select p.word, p.weight from contact_points o cross join lateral app.point_words(o.kind, o.value, o.key) p
        where o.account_id = c.account_id and o.contact_id = c.id
    ) found (word, weight)
    where c.deleted_at is null
    group by found.word
$$;

create or replace function app.addresses_of(account uuid, contact uuid) returns setof text language sql stable as $$
    select email_key from contacts where account_id = account and id = contact and email_key is not null
    union
    select key from contact_points where account_id = account and contact_id = contact and kind = 'email'
    union
    select lower(to_email) from messages where account_id = account and contact_id = contact
$$;

create function app.index_point() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        delete from contact_words w using app.point_words(old.kind, old.value, old.key) p
        where w.account_id = old.account_id and w.contact_id = old.contact_id and w.word = p.word collate "C" and not exists (
            select from contacts c cross join lateral app.contact_words(c) n
            where c.account_id = old.account_id and c.id = old.contact_id and n.word = p.word
        );
    end if;
    if tg_op <> 'DELETE' then
        insert into contact_words (account_id, word, contact_id, weight)
        select new.account_id, p.word, new.contact_id, p.weight from app.point_words(new.kind, new.value, new.key) p
        where exists (select from contacts c where c.account_id = new.account_id and c.id = new.contact_id and c.deleted_at is null)
        on conflict do nothing;
        if new.kind = 'email' then
            perform app.give_letters(new.account_id, new.contact_id, new.key);
        end if;
    end if;
    return null;
end
$$;

create trigger index_point after insert or update or delete on contact_points for each row execute function app.index_point();

-- Records that were merged before.
insert into contact_points (account_id, id, contact_id, kind, value, key, merge_id, created_at)
select m.account_id, gen_random_uuid(), k.id, p.kind, p.value, p.key, g.id, g.merged_at
from contacts m
join contacts k on k.account_id = m.account_id and k.id = m.merged_into and k.deleted_at is null
join merges g on g.account_id = m.account_id and g.contact_id = k.id and g.other_id = m.id and g.undone_at is null
cross join lateral (values ('email', m.email, m.email_key, k.email_key), ('phone', m.phone, m.phone_e164, k.phone_e164)) p (kind, value, key, kept)
where p.key is not null and p.key is distinct from p.kept
on conflict do nothing;

-- Tags are found by their words too.
insert into contact_words (account_id, word, contact_id, weight)
select distinct on (c.account_id, w, c.id) c.account_id, w, c.id, 1
from contacts c cross join lateral unnest(c.tags) tag cross join lateral string_to_table(app.plain(tag), ' ') w
where c.deleted_at is null and c.tags <> '{}' and w <> '' and length(w) <= 60
on conflict do nothing;
