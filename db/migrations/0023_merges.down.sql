drop function app.return_contact_rows(uuid, uuid, uuid, uuid);
drop function app.move_contact_rows(uuid, uuid, uuid, uuid);
drop function app.contact_tables();
drop table distinct_people;
drop table merge_rows;
drop table merges;
alter table contacts drop column merged_into;
