drop table app.schedules;
drop table app.jobs;
drop table app.job_workers;
