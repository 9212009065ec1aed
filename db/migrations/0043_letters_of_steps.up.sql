-- A step can name a letter of the library, which is sent instead of one that is written.
alter table tasks add column letter_id uuid;
alter table tasks add constraint tasks_letter foreign key (account_id, letter_id) references message_templates (account_id, id);
create index tasks_letter on tasks (account_id, letter_id) where letter_id is not null;

-- What a mail program needs to show an answer below what it answers (RFC 5322 §3.6.4).
alter table received_emails
    add column message_key text,                         -- its Message-ID; null: none that could be referred to
    add column mail_references text not null default ''; -- the thread before it, as message ids
alter table messages
    add column answers_id uuid, -- the e-mail that came in and is answered
    add column in_reply_to text,
    add column mail_references text;
alter table messages add constraint messages_answers foreign key (account_id, answers_id) references received_emails (account_id, id);
create index messages_answers on messages (account_id, answers_id) where answers_id is not null;

-- What letters said is kept for a time, that they were sent for longer.
alter table email_logs add column facts_removed_at timestamptz;
create index email_logs_facts on email_logs (created_at) where facts_removed_at is null;
