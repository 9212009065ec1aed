drop function app.take(text, timestamptz, interval, integer);
drop table rate_counts, mfa_challenges, sign_in_places;
alter table credentials drop column generation, drop column rotated_at, drop column device_id, drop column method;
drop table devices, password_resets, sign_ups;
alter table users drop column last_sign_in_at;
