-- What people are told inside the product, each in the way they chose.
create table app.notice_kinds (
    kind text primary key,
    default_way text not null check (default_way in ('off', 'in_app', 'email')),
    roles text[] not null -- who hears of it, where nobody is named
);
insert into app.notice_kinds (kind, default_way, roles) values
    ('email_bounced', 'in_app', '{owner,agent,assistant}'),
    ('email_failed', 'in_app', '{owner,agent,assistant}'),
    ('email_spam_reported', 'in_app', '{owner,agent}'),
    ('client_unsubscribed', 'in_app', '{owner,agent}'),
    ('client_replied', 'email', '{owner,agent,assistant}'),
    ('letter_failed', 'in_app', '{owner,admin}'),
    ('form_submission', 'email', '{owner,agent,assistant}'),
    ('lead_assigned', 'email', '{owner,agent}'),
    ('booking_made', 'email', '{owner,agent}'),
    ('task_assigned', 'in_app', '{owner,agent,assistant,staff}'),
    ('mentioned', 'email', '{owner,admin,staff,agent,assistant}'),
    ('rush_job', 'email', '{owner,admin,staff}'),
    ('document_review', 'email', '{owner,agent}'),
    ('onboarding_complete', 'email', '{owner,admin,staff}'),
    ('onboarding_expired', 'in_app', '{owner,admin,staff}'),
    ('webhook_disabled', 'email', '{owner,admin}'),
    ('work_failed', 'in_app', '{owner,admin}');

create table notices (
    account_id uuid not null references accounts (id),
    id uuid not null,
    kind text not null references app.notice_kinds (kind),
    facts jsonb not null default '{}', -- what the sentence about it names
    link text not null default '',     -- a path of the console
    created_at timestamptz not null,
    primary key (account_id, id)
);
create index notices_created on notices (created_at);
select app.protect('notices', true);

create table notice_readers (
    account_id uuid not null,
    user_id uuid not null,
    notice_id uuid not null,
    way text not null check (way in ('in_app', 'email')),
    created_at timestamptz not null,
    read_at timestamptz,
    told_at timestamptz, -- by e-mail, at once or in a digest
    primary key (account_id, user_id, notice_id),
    foreign key (account_id, notice_id) references notices (account_id, id) on delete cascade,
    foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade
);
create index notice_readers_newest on notice_readers (account_id, user_id, created_at desc, notice_id desc);
create index notice_readers_notice on notice_readers (account_id, notice_id);
create index notice_readers_untold on notice_readers (way, created_at) where told_at is null and read_at is null;
select app.protect('notice_readers', true);

create table notice_preferences (
    account_id uuid not null,
    user_id uuid not null,
    kind text not null references app.notice_kinds (kind),
    way text not null check (way in ('off', 'in_app', 'email')),
    primary key (account_id, user_id, kind),
    foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade
);
select app.protect('notice_preferences', true);

create table digest_preferences (
    account_id uuid not null,
    user_id uuid not null,
    digest text not null default 'daily' check (digest in ('off', 'daily', 'weekly')),
    language text not null default 'en' check (language in ('en', 'es')),
    digested_at timestamptz,
    primary key (account_id, user_id),
    foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade
);
select app.protect('digest_preferences', true);

-- Tells the members it is meant for, but for whom it is no news: the one who did it. `recipients` null: by role.
create function app.notify(account uuid, notice uuid, what text, about jsonb, path text, at timestamptz, actor uuid, recipients uuid[])
    returns void language sql
as $$
    insert into notices (account_id, id, kind, facts, link, created_at)
    values (account, notice, what, about, path, at) on conflict do nothing;
    insert into notice_readers (account_id, user_id, notice_id, way, created_at)
    select m.account_id, m.user_id, notice, coalesce(p.way, k.default_way), at
    from memberships m
    join app.notice_kinds k on k.kind = what
    left join notice_preferences p on p.account_id = m.account_id and p.user_id = m.user_id and p.kind = what
    where m.account_id = account and m.user_id is distinct from actor and coalesce(p.way, k.default_way) <> 'off'
        and case when recipients is null then m.role = any (k.roles) else m.user_id = any (recipients) end
    on conflict do nothing;
$$;

-- Events that are news in themselves: no code path can forget to tell.
create function app.notify_of_event() returns trigger language plpgsql as $$
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
