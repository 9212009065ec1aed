-- Whom somebody chose not to contact just now; what the person does after that brings them back.
create table today_skips (
    account_id uuid not null,
    contact_id uuid not null,
    skipped_at timestamptz not null,
    reason text,
    primary key (account_id, contact_id),
    foreign key (account_id, contact_id) references contacts (account_id, id)
);
select app.protect('today_skips');
-- What a person has to do: their own tasks, failed ones, drafts.
create index tasks_by_people on tasks (account_id, scheduled_for, id)
    where status = 'pending' and deleted_at is null and paused_at is null
        and (mode = 'manual' or failed_at is not null or drafted_at is not null);
