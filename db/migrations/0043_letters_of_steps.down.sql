drop index email_logs_facts;
alter table email_logs drop column facts_removed_at;
alter table messages drop constraint messages_answers;
alter table messages drop column answers_id, drop column in_reply_to, drop column mail_references;
alter table received_emails drop column message_key, drop column mail_references;
alter table tasks drop constraint tasks_letter;
alter table tasks drop column letter_id;
