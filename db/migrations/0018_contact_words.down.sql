delete from counters where name like 'tag:%';
delete from counter_changes where name like 'tag:%';
drop trigger count_tags_of_inserts on contacts;
drop trigger count_tags_of_updates on contacts;
drop function app.count_tags();
drop trigger index_inserts on contacts;
drop trigger index_updates on contacts;
drop trigger index_deletes on contacts;
drop function app.index_contacts();
drop function app.contact_words(contacts);
drop function app.spellings(text);
drop table contact_spellings;
drop table contact_words;
drop function app.words(text);
drop function app.fold(text);
drop extension unaccent;
alter table contacts add column search text generated always as (
    lower(name || ' ' || email || ' ' || property_address || ' ' || coalesce(phone_e164, '') || ' '
        || coalesce(regexp_replace(phone, '\D', '', 'g'), '') || ' ' || coalesce(notes, ''))
) stored;
create index contacts_tags on contacts using gin (account_id, tags) where deleted_at is null;
create index contacts_search on contacts using gin (account_id, search gin_trgm_ops) where deleted_at is null;
