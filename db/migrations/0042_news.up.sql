-- Events by their own names, and the news that they are: a reply, a finished onboarding and an invitation that ended are told too.
create function app.news_of(kind text) returns text language sql immutable parallel safe as $$
    select case kind
        when 'email_replied' then 'client_replied'
        when 'business_completed' then 'onboarding_complete'
        when 'onboarding_link_expired' then 'onboarding_expired'
        else kind
    end
$$;

create or replace function app.notify_of_event() returns trigger language plpgsql as $$
begin
    perform app.notify(
        new.account_id, new.id, app.news_of(new.kind),
        new.data || jsonb_build_object('name', coalesce(new.data ->> 'business', ''), 'client', coalesce((
            select name from contacts where account_id = new.account_id and id = new.contact_id), '')),
        case
            when new.contact_id is not null then '/console/people/' || new.contact_id
            when new.data ? 'business' then '/console/businesses'
            else ''
        end,
        new.at, new.actor_id, null
    );
    return null;
end
$$;
drop trigger notify on events;
-- A stranger's mail is in the list of what came in and no news: anything may be forwarded there.
create trigger notify after insert on events for each row
    when (new.kind in ('email_bounced', 'email_failed', 'email_spam_reported', 'client_unsubscribed', 'client_replied', 'letter_failed',
                       'business_completed', 'onboarding_link_expired')
          or (new.kind = 'email_replied' and new.contact_id is not null))
    execute function app.notify_of_event();

-- How the installation is, as the last look found it. It belongs to no account.
create table health_checks (
    name text primary key,
    healthy boolean not null,
    detail text not null,
    checked_at timestamptz not null,
    since timestamptz not null,  -- it has been so
    told_at timestamptz          -- the owner, that it is not well; forgotten once it is
);
insert into app.notice_kinds (kind, default_way, roles) values ('health_failed', 'email', '{owner}');

-- What should have left or been read by now, for the look at it.
create index messages_waiting on messages (created_at) where dispatch in ('waiting', 'sending');
create index email_logs_pending on email_logs (created_at) where status = 'pending';
create index inbound_webhooks_unread on inbound_webhooks (received_at) where processed_at is null;
