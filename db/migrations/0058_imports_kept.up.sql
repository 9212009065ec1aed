-- What an import's undo left as it was, because somebody has worked on it since: how many people, and for which reasons.
alter table imports add column kept bigint not null default 0;
alter table imports add column kept_for jsonb not null default '[]';
