-- Workers that are alive. A worker's lease covers every job it has claimed, so that a heartbeat is one small update however
-- many jobs run. `swept_at`: the lease ended, its jobs went back; the row stays until no claim of it can still be under way.
create table app.job_workers (
    id bigint generated always as identity primary key,
    name text not null,
    polling boolean not null default false,
    lease_until timestamptz not null,
    swept_at timestamptz
) with (fillfactor = 50);

comment on column app.job_workers.polling is 'looks for jobs every few milliseconds; enqueuing then needs no NOTIFY';

-- state: waiting (run_at is to come), ready (may run; runs where worker is set), dead (gave up, a person decides).
-- Claiming and giving back change no indexed column, and a page has room for a second version of each row: all are HOT updates.
create table app.jobs (
    account_id uuid not null,
    id uuid not null,
    run_at timestamptz not null,
    created_at timestamptz not null,
    died_at timestamptz,
    worker bigint,
    fence integer not null default 0,
    attempts integer not null default 0,
    priority smallint not null default 0,
    state text not null,
    kind text not null,
    unique_key text,
    args json not null,
    errors jsonb not null default '[]',
    primary key (account_id, id),
    constraint jobs_state_check check (
        case state
            when 'ready' then died_at is null
            when 'waiting' then died_at is null and worker is null
            when 'dead' then died_at is not null and worker is null
            else false
        end
    ),
    constraint jobs_unique_key_check check (length(unique_key) between 1 and 300)
) with (
    fillfactor = 45,
    -- The rows of a queue live for milliseconds: vacuum early, by number and not by share, and without pausing.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_scale_factor = 0.5, autovacuum_analyze_threshold = 50000,
    autovacuum_vacuum_cost_delay = 0
);

comment on column app.jobs.account_id is 'the nil UUID: the job of no account';
comment on column app.jobs.fence is 'counts claims; a worker that lost a job no longer knows its number';
comment on column app.jobs.attempts is 'runs that failed, or took their worker with them';

create index jobs_ready on app.jobs (account_id, priority, run_at) where state = 'ready';
create index jobs_waiting on app.jobs (run_at) where state = 'waiting';
create index jobs_dead on app.jobs (account_id, died_at, id) where state = 'dead';
create unique index jobs_unique_key on app.jobs (account_id, kind, unique_key)
    where unique_key is not null and state <> 'dead';

select app.protect('app.jobs', cross_account => true);
-- The same condition, worked out once a statement and not for each of a thousand rows.
alter policy tenant on app.jobs
    using ((select app.everyone()) or account_id = (select app.account()))
    with check ((select app.everyone()) or account_id = (select app.account()));

-- Periodic work: the start of the interval for which a schedule last ticked.
create table app.schedules (
    name text primary key,
    last_tick timestamptz not null
) with (fillfactor = 50);
