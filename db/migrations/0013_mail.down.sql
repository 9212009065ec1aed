drop table email_templates;
drop index inbound_webhooks_once_key;
alter table inbound_webhooks drop column once;
drop table email_log_events;
drop table email_logs;
