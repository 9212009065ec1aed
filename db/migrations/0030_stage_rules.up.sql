-- When a person should move along the pipeline: rules of the account, and what came of them.
create table stage_rules (
    account_id uuid not null references accounts (id),
    id uuid not null,
    name text not null,
    trigger text not null check (trigger in ('replied', 'booked', 'opened', 'clicked', 'silent', 'task_completed')),
    threshold integer not null check (threshold between 1 and 3650), -- how often; of silence, how many days
    from_stages text[] not null check (cardinality(from_stages) > 0
        and from_stages <@ array['lead', 'negotiating', 'under_contract', 'closed', 'lost']),
    to_stage text not null check (to_stage in ('lead', 'negotiating', 'under_contract', 'closed', 'lost')),
    action text not null check (action in ('suggest', 'move')),
    active boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    version bigint not null default 1,
    primary key (account_id, id)
);
-- The sweep looks for accounts that have any.
select app.protect('stage_rules', true);

create table stage_suggestions (
    account_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    rule_id uuid not null,
    from_stage text not null check (from_stage in ('lead', 'negotiating', 'under_contract', 'closed', 'lost')),
    to_stage text not null check (to_stage in ('lead', 'negotiating', 'under_contract', 'closed', 'lost')),
    count integer not null, -- what was counted: opens, clicks, days …
    status text not null check (status in ('open', 'accepted', 'dismissed', 'done', 'undone', 'outdated')),
    created_at timestamptz not null,
    decided_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id),
    foreign key (account_id, rule_id) references stage_rules (account_id, id),
    check ((status = 'open') = (decided_at is null))
);
create unique index stage_suggestions_open_key on stage_suggestions (account_id, contact_id) where status = 'open';
create index stage_suggestions_contact on stage_suggestions (account_id, contact_id, rule_id, decided_at);
create index stage_suggestions_newest on stage_suggestions (account_id, created_at desc, id desc);
select app.protect('stage_suggestions');

-- How far an account's events have been looked at.
create table stage_rule_runs (
    account_id uuid not null references accounts (id),
    seen_until timestamptz not null,
    primary key (account_id)
);
select app.protect('stage_rule_runs', true);
