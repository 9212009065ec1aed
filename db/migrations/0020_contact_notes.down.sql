drop table custom_fields;
drop table note_words;
drop table notes;
drop function app.index_note();
