alter table sign_in_places drop column latitude, drop column longitude;
alter table credentials drop column proved_at;
