alter table health_checks drop column figure;
