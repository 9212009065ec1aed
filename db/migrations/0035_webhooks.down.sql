drop trigger plan_webhooks on events;
drop function app.plan_webhooks();
drop function app.webhook_type(text);
drop table webhook_attempts;
drop table webhook_deliveries;
drop table webhook_secrets;
drop table webhooks;
