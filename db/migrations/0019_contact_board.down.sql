drop table stage_changes;
drop trigger rank on contacts;
drop function app.rank_contact();
alter table contacts drop column assigned_to, drop column board_rank;
drop function app.board_rank(timestamptz);
