-- For rows that a statement makes many of: ids in the order of time, as the server makes them.
create function app.uuid_v7(at timestamptz) returns uuid language sql volatile as $$
    select encode(set_bit(set_bit(overlay(
        uuid_send(gen_random_uuid()) placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6
    ), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Follow-up plans that an account edits. The built-in one has no row until it is edited.
create table journey_templates (
    account_id uuid not null references accounts (id),
    id uuid not null,
    name text not null,
    starts text not null check (starts in ('new_client', 'stage_entered', 'by_hand')),
    stage text check (stage in ('lead', 'negotiating', 'under_contract', 'closed', 'lost')),
    active boolean not null,
    steps jsonb not null check (jsonb_typeof(steps) = 'array'),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    version bigint not null default 1,
    primary key (account_id, id),
    check (starts = 'new_client' or (starts = 'stage_entered') = (stage is not null))
);
-- One plan answers for each occasion.
create unique index journey_templates_start_key on journey_templates (account_id, starts, coalesce(stage, ''))
    where active and deleted_at is null and starts <> 'by_hand';
create unique index journey_templates_name_key on journey_templates (account_id, lower(name)) where deleted_at is null;
select app.protect('journey_templates');

-- A journey knows its plan, from when its steps count, and how to stand still.
alter table journeys add column template_id uuid not null default '00000000-0000-7000-8000-000000000001';
alter table journeys add column anchor timestamptz;
alter table journeys add column paused_at timestamptz;
-- The owner, too, sees no tenant's rows otherwise.
alter table journeys no force row level security;
update journeys set anchor = created_at, template = 'New client';
alter table journeys force row level security;
alter table journeys alter column anchor set not null;
alter table journeys drop constraint journeys_status_check, drop constraint journeys_check;
alter table journeys
    add constraint journeys_status_check check (status in ('in_progress', 'paused', 'stopped', 'completed')),
    add constraint journeys_ended_check check ((status in ('in_progress', 'paused')) = (ended_at is null)),
    add constraint journeys_paused_check check ((status = 'paused') = (paused_at is not null));
drop index journeys_template_key;
create unique index journeys_template_key on journeys (account_id, contact_id, template_id) where ended_at is null;
create index journeys_contact on journeys (account_id, contact_id, created_at desc, id desc);
create index journeys_newest on journeys (account_id, created_at desc, id desc);
create index journeys_running on journeys (account_id, template_id, id) where ended_at is null;

alter table tasks add column step_id uuid;     -- of the journey's plan
alter table tasks add column title text;       -- where the occasion's name does not say it
alter table tasks add column edited boolean not null default false; -- by a person: the plan lets it be
alter table tasks add column paused_at timestamptz;
alter table tasks add column drafted_at timestamptz; -- a draft waits for a person's yes
alter table tasks add column pressed_at timestamptz; -- a person pressed "send now"
alter table tasks no force row level security;
update tasks set step_id = ('00000000-0000-7000-8000-00000000001' || case followup_type
        when 'Day 1' then '1' when 'Day 3' then '2' when 'Week 1' then '3' when 'Week 2' then '4' else '5' end)::uuid
    where journey_id is not null;
alter table tasks force row level security;
drop index tasks_step_key;
create unique index tasks_step_key on tasks (account_id, journey_id, step_id) where journey_id is not null;
drop index tasks_due;
create index tasks_due on tasks (scheduled_for)
    where status = 'pending' and (mode = 'automatic' or (mode = 'approve' and drafted_at is null)) and channel = 'email'
        and dispatched_at is null and failed_at is null and deleted_at is null and paused_at is null;

-- What was written for a task that needs a person's yes.
create table task_drafts (
    account_id uuid not null,
    task_id uuid not null,
    subject text not null,
    body text not null,
    source text not null check (source in ('ai', 'template', 'person')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null default 1,
    primary key (account_id, task_id),
    foreign key (account_id, task_id) references tasks (account_id, id) on delete cascade
);
select app.protect('task_drafts');
create index tasks_drafted on tasks (account_id, drafted_at, id)
    where mode = 'approve' and status = 'pending' and drafted_at is not null and deleted_at is null;
