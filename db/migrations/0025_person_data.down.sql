drop trigger count_deletes on tasks;
drop function app.count_gone_tasks();
drop trigger count_deletes on contacts;
drop function app.count_gone_contacts();
drop function app.erase_contact(uuid, uuid);
drop function app.erase_rows(uuid, name, uuid[]);
create or replace function app.events_are_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end
$$;
drop table erasures;
drop index contacts_trash;
drop table retention;
drop function app.table_rows(name, uuid, uuid, integer);
drop function app.account_tables();
drop function app.contact_data(uuid, uuid);
drop function app.without_secrets(jsonb);
