-- From where somebody has signed up: who confirms the address elsewhere does not vouch for that device. A hash: compared only.
alter table sign_ups add column client_hash text;
