drop table task_drafts;
drop index tasks_drafted;
drop index tasks_due;
create index tasks_due on tasks (scheduled_for)
    where status = 'pending' and mode = 'automatic' and dispatched_at is null and failed_at is null and deleted_at is null;
-- Steps that the old schema has no room for go back to being tasks of their own.
alter table tasks no force row level security;
update tasks t set journey_id = null where journey_id is not null and exists (
    select from tasks o
    where o.account_id = t.account_id and o.journey_id = t.journey_id and o.followup_type = t.followup_type and o.id < t.id
);
alter table tasks force row level security;
drop index tasks_step_key;
create unique index tasks_step_key on tasks (account_id, journey_id, followup_type) where journey_id is not null;
alter table tasks drop column step_id, drop column title, drop column edited, drop column paused_at, drop column drafted_at,
    drop column pressed_at;

drop index journeys_running;
drop index journeys_newest;
drop index journeys_contact;
drop index journeys_template_key;
alter table journeys drop constraint journeys_status_check, drop constraint journeys_ended_check,
    drop constraint journeys_paused_check;
alter table journeys no force row level security;
update journeys set status = 'in_progress' where status = 'paused';
alter table journeys force row level security;
alter table journeys drop column template_id, drop column anchor, drop column paused_at;
alter table journeys add constraint journeys_status_check check (status in ('in_progress', 'stopped', 'completed')),
    add constraint journeys_check check ((status = 'in_progress') = (ended_at is null));
create unique index journeys_template_key on journeys (account_id, contact_id, template) where status = 'in_progress';
drop table journey_templates;
drop function app.uuid_v7(timestamptz);
