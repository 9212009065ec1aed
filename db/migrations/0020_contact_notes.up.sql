-- What somebody noted about a contact, and the fields that an account adds to its contacts.
create table notes (
    account_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    body text not null,
    author_id uuid,
    author text not null,
    created_at timestamptz not null,
    edited_at timestamptz,
    deleted_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
);
create index notes_contact on notes (account_id, contact_id, created_at desc, id desc);
select app.protect('notes');

create table note_words (
    account_id uuid not null,
    word text collate "C" not null,
    contact_id uuid not null,
    note_id uuid not null,
    primary key (account_id, word, contact_id, note_id),
    foreign key (account_id, note_id) references notes (account_id, id) on delete cascade
);
create index note_words_note on note_words (account_id, note_id);
select app.protect('note_words');

create function app.index_note() returns trigger language plpgsql as $$
begin
    delete from note_words where account_id = new.account_id and note_id = new.id;
    if new.deleted_at is null then
        insert into note_words (account_id, word, contact_id, note_id)
        select new.account_id, w, new.contact_id, new.id from app.words(new.body) w where length(w) > 2;
    end if;
    return null;
end
$$;
create trigger index after insert or update on notes for each row execute function app.index_note();

create table custom_fields (
    account_id uuid not null references accounts (id),
    id uuid not null,
    key text not null,
    label text not null,
    type text not null check (type in ('text', 'number', 'date', 'boolean', 'choice', 'url')),
    choices text[] not null default '{}',
    position integer not null,
    created_at timestamptz not null,
    primary key (account_id, id),
    check ((type = 'choice') = (choices <> '{}'))
);
create unique index custom_fields_key on custom_fields (account_id, key);
select app.protect('custom_fields');
