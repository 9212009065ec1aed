alter table imports drop column kept_for;
alter table imports drop column kept;
