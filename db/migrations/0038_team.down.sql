drop trigger end_credentials_of_deactivated on memberships;
drop function app.end_credentials_of_deactivated();
drop trigger deactivated on credentials;
drop function app.no_credential_while_deactivated();
drop table team_invitations;
alter table memberships drop column deactivated_at;
