drop trigger count_deletes on messages;
drop function app.uncount_messages();
alter table messages drop column undo_until;
