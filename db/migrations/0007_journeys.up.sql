-- Follow-up: journeys and their tasks.
create table journeys (
    account_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    template text not null,
    status text not null check (status in ('in_progress', 'stopped', 'completed')),
    created_at timestamptz not null,
    ended_at timestamptz,
    end_reason text,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id),
    check ((status = 'in_progress') = (ended_at is null))
);
create unique index journeys_template_key on journeys (account_id, contact_id, template) where status = 'in_progress';
select app.protect('journeys');

create table tasks (
    account_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    journey_id uuid,
    followup_type text not null check (followup_type in ('Day 1', 'Day 3', 'Week 1', 'Week 2', 'Month 1', 'Custom')),
    scheduled_for timestamptz not null,
    status text not null check (status in ('pending', 'completed', 'skipped', 'cancelled')),
    priority text not null check (priority in ('high', 'medium', 'low')),
    notes text,
    channel text not null default 'email' check (channel in ('email', 'sms', 'whatsapp', 'call', 'note')),
    mode text not null default 'automatic' check (mode in ('automatic', 'approve', 'manual')),
    message_id uuid,
    reason text,
    held_until timestamptz,   -- the send gate said: not before
    dispatched_at timestamptz, -- its job exists; cleared when the job gives it back
    failed_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    completed_at timestamptz,
    deleted_at timestamptz,
    version bigint not null default 1,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id),
    foreign key (account_id, journey_id) references journeys (account_id, id),
    check ((status = 'completed') = (completed_at is not null))
);
create unique index tasks_step_key on tasks (account_id, journey_id, followup_type) where journey_id is not null;
create index tasks_due on tasks (scheduled_for)
    where status = 'pending' and mode = 'automatic' and dispatched_at is null and failed_at is null and deleted_at is null;
create index tasks_contact on tasks (account_id, contact_id, scheduled_for) where deleted_at is null;
create index tasks_scheduled on tasks (account_id, scheduled_for, id) where deleted_at is null;
create index tasks_status on tasks (account_id, status, scheduled_for, id) where deleted_at is null;
create index tasks_failed on tasks (account_id, failed_at) where failed_at is not null and deleted_at is null;
-- The sweep looks for due tasks of every account.
select app.protect('tasks', true);
