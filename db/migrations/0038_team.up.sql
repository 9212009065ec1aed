-- People of an account: invited by a letter, gone for a while or for good.
alter table memberships add column deactivated_at timestamptz;

create table team_invitations (
    account_id uuid not null references accounts (id),
    id uuid not null,
    email text not null,
    email_key text not null,
    name text not null,
    role text not null check (role in ('owner', 'admin', 'staff', 'agent', 'assistant')),
    hash text not null check (length(hash) = 64), -- of the token in the letter
    invited_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    revoked_at timestamptz,
    primary key (account_id, id)
);
create unique index team_invitations_open on team_invitations (account_id, email_key)
    where accepted_at is null and revoked_at is null;
create index team_invitations_hash on team_invitations (hash);
select app.protect('team_invitations', true);

-- Who is deactivated has no living credential, and gets none, whoever asks for it.
create function app.no_credential_while_deactivated() returns trigger language plpgsql as $$
begin
    if exists (select from memberships
                where account_id = new.account_id and user_id = new.user_id and deactivated_at is not null) then
        return null;
    end if;
    return new;
end
$$;
create trigger deactivated before insert on credentials for each row execute function app.no_credential_while_deactivated();

create function app.end_credentials_of_deactivated() returns trigger language plpgsql as $$
begin
    update credentials set ended_at = greatest(new.deactivated_at, created_at), end_reason = 'deactivated'
     where account_id = new.account_id and user_id = new.user_id and ended_at is null;
    return null;
end
$$;
create trigger end_credentials_of_deactivated after update of deactivated_at on memberships for each row
    when (new.deactivated_at is not null and old.deactivated_at is null)
    execute function app.end_credentials_of_deactivated();
