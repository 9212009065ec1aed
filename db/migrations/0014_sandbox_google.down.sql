drop table sandbox.google_tricks;
drop table sandbox.google_keys;
drop table sandbox.google_codes;
