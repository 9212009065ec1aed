drop function app.board_rank(timestamptz, bigint);
drop function app.analyze_contacts();
create or replace function app.index_contacts() returns trigger language plpgsql as $$
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
alter function app.index_contacts() set jit = off;
