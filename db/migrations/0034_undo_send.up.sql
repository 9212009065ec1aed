-- Until when a person's e-mail can be taken back. What is taken back is gone, and counts nowhere.
alter table messages add column undo_until timestamptz;

create function app.uncount_messages() returns trigger language plpgsql as $$
begin
    insert into counter_changes (account_id, name, bucket, change)
    select account_id, name, bucket, -count(*) from (
        select r.account_id, c.name, c.bucket from old_rows r cross join lateral (
            values
                ('emails:' || r.status, '-infinity'::timestamptz, true),
                ('emails_sent', app.quarter(r.sent_at), r.sent_at is not null),
                ('emails_engaged:sent', '-infinity', r.sent_at is not null),
                ('emails_engaged:opened', '-infinity',
                 r.sent_at is not null and (r.person_opened_at is not null or r.person_clicked_at is not null)),
                ('emails_engaged:clicked', '-infinity', r.sent_at is not null and r.person_clicked_at is not null)
        ) c (name, bucket, counts) where c.counts
    ) gone group by 1, 2, 3;
    return null;
end
$$;
create trigger count_deletes after delete on messages referencing old table as old_rows
    for each statement execute function app.uncount_messages();
