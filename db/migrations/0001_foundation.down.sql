drop table app.clock;
drop function app.tell_clock();
drop function app.protect(regclass, boolean);
drop domain app.live_credential;
drop function app.everyone();
drop function app.account();
