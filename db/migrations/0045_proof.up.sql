-- When a session has shown last who holds it, and where people sign in.
alter table credentials add column proved_at timestamptz;
update credentials set proved_at = created_at where kind = 'session';
alter table sign_in_places
    add column latitude double precision,
    add column longitude double precision,
    add check ((latitude is null) = (longitude is null));
