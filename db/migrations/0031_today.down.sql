drop index tasks_by_people;
drop table today_skips;
