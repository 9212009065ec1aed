drop table sandbox.google_calendars, sandbox.google_rotations, sandbox.google_access, sandbox.google_grants;
alter table sandbox.google_codes drop column offline, drop column scope;
