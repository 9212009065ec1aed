drop function app.count_sign_in_failure(text[], timestamptz);
drop table sign_in_failures;
drop table credentials;
drop policy tenant on users;
drop table memberships;
drop function app.end_credentials_of_old_role();
drop table users;
drop table accounts;
