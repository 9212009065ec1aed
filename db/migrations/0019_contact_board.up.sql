-- The board: where a contact stands within its stage, whose it is, and how it came there.
-- A rank is a text of hexadecimal digits that never ends in 0: between any two there is room for another. What arrives stands first.
create function app.board_rank(at timestamptz) returns text language sql immutable parallel safe as $$
    select lpad(to_hex(9007199254740992 - (extract(epoch from at) * 1000000)::bigint), 14, '0') || '8'
$$;

alter table contacts
    add column board_rank text collate "C",
    add column assigned_to uuid,
    add foreign key (account_id, assigned_to) references memberships (account_id, user_id) on delete set null (assigned_to);
update contacts set board_rank = app.board_rank(created_at);
alter table contacts alter column board_rank set not null;
create index contacts_board on contacts (account_id, stage, board_rank, id) where deleted_at is null;
create index contacts_assigned on contacts (account_id, assigned_to, created_at desc, id desc) where assigned_to is not null;

create function app.rank_contact() returns trigger language plpgsql as $$
begin
    new.board_rank := app.board_rank(new.created_at);
    return new;
end
$$;
create trigger rank before insert on contacts
    for each row when (new.board_rank is null) execute function app.rank_contact();

create table stage_changes (
    account_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    from_stage text,
    to_stage text not null,
    at timestamptz not null,
    actor_kind text not null,
    actor_name text not null,
    reason text,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
);
create index stage_changes_contact on stage_changes (account_id, contact_id, at desc, id desc);
select app.protect('stage_changes');
