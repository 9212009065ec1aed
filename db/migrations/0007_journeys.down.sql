drop table tasks;
drop table journeys;
