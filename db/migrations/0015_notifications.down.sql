drop trigger notify on events;
drop function app.notify_of_event();
drop function app.notify(uuid, uuid, text, jsonb, text, timestamptz, uuid, uuid[]);
drop table digest_preferences;
drop table notice_preferences;
drop table notice_readers;
drop table notices;
drop table app.notice_kinds;
