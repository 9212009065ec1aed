alter table sign_ups drop column client_hash;
