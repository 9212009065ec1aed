alter table health_checks add column figure float8; -- what was measured
