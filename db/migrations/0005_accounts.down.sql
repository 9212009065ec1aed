drop table sign_in_failures;
drop function app.enter(uuid, text, timestamptz);
drop table credentials;
drop policy tenant on users;
drop table memberships;
drop table users;
drop table accounts;
