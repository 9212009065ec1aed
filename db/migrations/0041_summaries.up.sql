-- Summaries of a week or month by e-mail, to whoever wants them; null: owners and agents of a business do.
alter table digest_preferences
    alter column language drop not null, -- null: the account's
    alter column language drop default,
    add column weekly_summary boolean,
    add column monthly_summary boolean,
    add column summaries_since timestamptz; -- when they were last switched on: what was due before is not caught up

-- The latest period that an account's people were told of, each once, however many servers look.
create table summary_runs (
    account_id uuid not null references accounts (id),
    period text not null check (period in ('week', 'month')),
    starts_on date not null,
    made_at timestamptz not null,
    primary key (account_id, period)
);
-- The schedule looks for accounts without one.
select app.protect('summary_runs', true);

create function app.wants_summary(kind text, role text) returns boolean language sql immutable parallel safe as $$
    select kind = 'business' and role in ('owner', 'agent')
$$;
