-- A hundred thousand contacts at once: their words go by the key, whatever the planner believes about tables that just grew, and
-- only those words are touched that changed.
create or replace function app.index_contacts() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        with gone as materialized (
            select account_id, id, w.word from old_rows o join new_rows n using (account_id, id) cross join lateral (
                select word, weight from app.contact_words(o) except select word, weight from app.contact_words(n)
            ) w
            where (o.name, o.email, o.phone, o.phone_e164, o.property_address, o.notes, o.tags, o.custom_fields, o.deleted_at)
                is distinct from
                (n.name, n.email, n.phone, n.phone_e164, n.property_address, n.notes, n.tags, n.custom_fields, n.deleted_at)
        )
        delete from contact_words where ctid = any (array(
            select place from gone g cross join lateral (
                select w.ctid as place from contact_words w
                where w.account_id = g.account_id and w.word = g.word collate "C" and w.contact_id = g.id
                offset 0
            ) found
        ));
        with fresh as materialized (
            select account_id, id, w.word, w.weight from old_rows o join new_rows n using (account_id, id) cross join lateral (
                select word, weight from app.contact_words(n) except select word, weight from app.contact_words(o)
            ) w
            where (o.name, o.email, o.phone, o.phone_e164, o.property_address, o.notes, o.tags, o.custom_fields, o.deleted_at)
                is distinct from
                (n.name, n.email, n.phone, n.phone_e164, n.property_address, n.notes, n.tags, n.custom_fields, n.deleted_at)
        ), kept as (
            insert into contact_words (account_id, word, contact_id, weight)
            select account_id, word, id, weight from fresh order by account_id, word, id on conflict do nothing
        )
        insert into contact_spellings (account_id, variant, word)
        select distinct f.account_id, s.variant, f.word from fresh f cross join lateral app.spellings(f.word) s (variant)
        where f.weight in (2, 5) and length(f.word) between 4 and 20 and f.word !~ '[0-9]'
        order by 1, 2, 3
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
        delete from contact_words where ctid = any (array(
            select place from old_rows o cross join lateral app.contact_words(o) g cross join lateral (
                select w.ctid as place from contact_words w
                where w.account_id = o.account_id and w.word = g.word collate "C" and w.contact_id = o.id
                offset 0
            ) found
        ));
    end if;
    return null;
end
$$;
alter function app.index_contacts() set jit = off;

-- Who takes over a hundred thousand people into a new store does not wait for autovacuum to notice: until the planner knows what
-- came, it walks whole indexes. The server's role owns no table, so this is the owner's to offer. False: somebody else is at these
-- tables, a vacuum for instance.
create function app.analyze_contacts() returns boolean language plpgsql
    security definer set search_path = pg_catalog, public set lock_timeout = '2s'
as $$
begin
    analyze contacts;
    analyze contact_words;
    analyze contact_spellings;
    analyze events;
    analyze stage_changes;
    analyze import_rows;
    return true;
exception when lock_not_available then
    return false;
end
$$;

-- Many that arrive in one moment stand behind each other: only between two different ranks can a third be put by hand.
create function app.board_rank(at timestamptz, number bigint) returns text language sql immutable parallel safe as $$
    select app.board_rank(at) || lpad(to_hex(number), 5, '0') || '8'
$$;
