drop table view_choices;
drop table views;
