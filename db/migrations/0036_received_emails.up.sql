-- What people and their machines answer. Nobody known: contact_id is null.
create table received_emails (
    account_id uuid not null references accounts (id),
    id uuid not null,
    contact_id uuid,
    message_id uuid, -- of ours, that it answers
    provider_key text not null,
    kind text not null check (kind in ('reply', 'auto_reply', 'out_of_office', 'bounce')),
    from_email text not null,
    from_name text not null,
    to_email text not null,
    subject text not null,
    body_text text not null,
    body_html text not null, -- harmless elements only
    fresh_text text not null, -- without what is quoted
    attachments text[] not null default '{}',
    received_at timestamptz not null,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id),
    foreign key (account_id, message_id) references messages (account_id, id)
);
create unique index received_emails_provider_key on received_emails (account_id, provider_key);
create index received_emails_newest on received_emails (account_id, received_at desc, id desc);
create index received_emails_contact on received_emails (account_id, contact_id, received_at desc, id desc);
create index received_emails_message on received_emails (account_id, message_id) where message_id is not null;
select app.protect('received_emails');
