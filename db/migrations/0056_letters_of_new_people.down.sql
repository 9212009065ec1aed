drop trigger give_letters_to_changed on contacts;
drop trigger give_letters_to_new on contacts;
drop function app.give_letters_to_changed();
drop function app.give_letters_to_new();
drop function app.give_letters(uuid, uuid, text);
drop index received_emails_nobodys;
