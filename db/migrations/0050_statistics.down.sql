alter table inbound_webhooks alter column body set compression default;
drop index tasks_open_of_journey;
drop function app.analyze_grown();
