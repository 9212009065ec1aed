-- The Google Calendar of a member of an account: what Google lets us do there, until either ends it. Tokens are sealed.
create table google_credentials (
    account_id uuid not null references accounts (id),
    user_id uuid not null,
    id uuid not null,
    issuer text not null,
    subject text not null, -- who they are at Google, for ever; the address may change
    email text not null,
    scopes text[] not null,
    refresh_sealed text not null,
    access_sealed text,
    access_expires_at timestamptz,
    state text not null check (state in ('connected', 'reconnect_needed')),
    reason text,
    booking_calendar_id text not null default 'primary',
    busy_calendar_ids text[] not null default '{primary}',
    connected_at timestamptz not null,
    checked_at timestamptz not null, -- last seen to work
    looked_at timestamptz not null,  -- last given a job that looks
    lease uuid,                      -- whoever asks Google for the next access token, until when
    leased_until timestamptz,
    primary key (account_id, user_id),
    foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade,
    check ((state = 'connected') = (reason is null)),
    check ((access_sealed is null) = (access_expires_at is null))
);
create index google_credentials_subject on google_credentials (issuer, subject);
create index google_credentials_looked on google_credentials (looked_at) where state = 'connected';
select app.protect('google_credentials', true);

-- Consents under way: bound to the person by the row, to their browser by what it keeps, used up by the first who comes back.
create table google_consents (
    account_id uuid not null,
    state_hash text not null check (length(state_hash) = 64),
    user_id uuid not null,
    browser_hash text not null check (length(browser_hash) = 64),
    credential text not null, -- of the session that began it
    verifier_sealed text not null,
    nonce text not null,
    return_to text not null check (return_to in ('onboarding', 'settings')),
    expires_at timestamptz not null,
    primary key (account_id, state_hash),
    foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade
);
create index google_consents_state on google_consents (state_hash);
create index google_consents_expires on google_consents (expires_at);
select app.protect('google_consents', true);

-- Grants that have ended here and of which Google is still to be told.
create table google_revocations (
    account_id uuid not null references accounts (id),
    revocation uuid not null default gen_random_uuid(),
    user_id uuid not null,
    issuer text not null,
    subject text not null,
    refresh_sealed text not null,
    dispatched boolean not null default false, -- its job exists
    primary key (account_id, revocation)
);
create index google_revocations_waiting on google_revocations (account_id) where not dispatched;
select app.protect('google_revocations', true);

-- However a connection ends, with its member too, the grant does not outlive it.
create function app.end_google_grant() returns trigger language plpgsql as $$
begin
    insert into google_revocations (account_id, user_id, issuer, subject, refresh_sealed)
    values (old.account_id, old.user_id, old.issuer, old.subject, old.refresh_sealed);
    return null;
end
$$;
create trigger end_grant after delete on google_credentials for each row execute function app.end_google_grant();

create function app.end_calendar_of_deactivated() returns trigger language plpgsql as $$
begin
    delete from google_credentials where account_id = new.account_id and user_id = new.user_id;
    delete from google_consents where account_id = new.account_id and user_id = new.user_id;
    return null;
end
$$;
create trigger end_calendar_of_deactivated after update of deactivated_at on memberships for each row
    when (new.deactivated_at is not null and old.deactivated_at is null)
    execute function app.end_calendar_of_deactivated();

insert into app.notice_kinds (kind, default_way, roles) values
    ('calendar_reconnect_needed', 'email', '{owner,admin,staff,agent,assistant}');
