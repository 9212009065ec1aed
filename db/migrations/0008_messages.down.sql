drop table ai_runs;
drop table inbound_webhooks;
drop table suppressions;
drop table message_events;
drop table messages;
