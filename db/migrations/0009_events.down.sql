drop table events;
drop function app.events_are_append_only();
