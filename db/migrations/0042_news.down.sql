alter table notices no force row level security;
delete from notices where kind = 'health_failed';
alter table notices force row level security;
alter table notice_preferences no force row level security;
delete from notice_preferences where kind = 'health_failed';
alter table notice_preferences force row level security;
delete from app.notice_kinds where kind = 'health_failed';
drop table health_checks;
drop index messages_waiting;
drop index email_logs_pending;
drop index inbound_webhooks_unread;
drop trigger notify on events;
create or replace function app.notify_of_event() returns trigger language plpgsql as $$
begin
    perform app.notify(
        new.account_id, new.id, new.kind,
        new.data || jsonb_build_object('client', coalesce((
            select name from contacts where account_id = new.account_id and id = new.contact_id), '')),
        case when new.contact_id is null then '' else '/console/people/' || new.contact_id end,
        new.at, new.actor_id, null
    );
    return null;
end
$$;
create trigger notify after insert on events for each row
    when (new.kind in ('email_bounced', 'email_failed', 'email_spam_reported', 'client_unsubscribed', 'client_replied', 'letter_failed'))
    execute function app.notify_of_event();
drop function app.news_of(text);
