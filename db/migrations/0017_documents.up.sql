-- Papers of a contact.
create table documents (
    account_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    file_id uuid not null,
    added_by text not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade,
    foreign key (account_id, file_id) references files (account_id, id) on delete cascade
);
create index documents_contact on documents (account_id, contact_id, created_at desc, id desc);
create index documents_file on documents (account_id, file_id);
select app.protect('documents', true);
