-- Who wrote before anybody here knew them: their letters are theirs once somebody has the address, and they count as talk.
create index received_emails_nobodys on received_emails (account_id, lower(from_email)) where contact_id is null;

create function app.give_letters(account uuid, contact uuid, email_key text) returns void language sql as $$
    with given as (
        update received_emails r set contact_id = contact
        where r.account_id = account and r.contact_id is null and lower(r.from_email) = give_letters.email_key
        returning r.kind, r.received_at
    )
    update contacts c set last_contacted = greatest(c.last_contacted, talk.at)
    from (select max(received_at) as at from given where kind = 'reply') talk
    where c.account_id = account and c.id = contact and talk.at is not null
$$;

create function app.give_letters_to_new() returns trigger language plpgsql as $$
begin
    perform app.give_letters(n.account_id, n.id, n.email_key) from new_rows n
    where n.email_key is not null and n.deleted_at is null and exists (
        select from received_emails r
        where r.account_id = n.account_id and r.contact_id is null and lower(r.from_email) = n.email_key
    );
    return null;
end
$$;

create function app.give_letters_to_changed() returns trigger language plpgsql as $$
begin
    perform app.give_letters(new.account_id, new.id, new.email_key);
    return null;
end
$$;

create trigger give_letters_to_new after insert on contacts
    referencing new table as new_rows for each statement execute function app.give_letters_to_new();
create trigger give_letters_to_changed after update of email_key on contacts for each row
    when (new.email_key is not null and new.deleted_at is null and old.email_key is distinct from new.email_key)
    execute function app.give_letters_to_changed();

select app.give_letters(c.account_id, c.id, c.email_key) from contacts c
where c.deleted_at is null and exists (
    select from received_emails r where r.account_id = c.account_id and r.contact_id is null and lower(r.from_email) = c.email_key
);
