-- Every counter, of every account, that differs from a recount of the rows, with what it says and what it ought to say.
with recounted as (
    select account_id, app.contact_counter(stage, deleted_at) as name, '-infinity'::timestamptz as bucket, count(*)::bigint as n
    from contacts group by 1, 2
    union all
    select account_id, 'tag:' || tag, '-infinity', count(*) from contacts cross join lateral unnest(tags) tag
    where deleted_at is null group by 1, 2
    union all
    select account_id, 'tasks:' || status, '-infinity', count(*) from tasks where deleted_at is null group by 1, 2
    union all
    select account_id, 'emails:' || status, '-infinity', count(*) from messages group by 1, 2
    union all
    select account_id, 'emails_sent', app.quarter(sent_at), count(*) from messages where sent_at is not null group by 1, 3
    union all
    select account_id, c.name, '-infinity', count(*) from messages m cross join lateral (
        values
            ('emails_engaged:sent', true),
            ('emails_engaged:opened', m.person_opened_at is not null or m.person_clicked_at is not null),
            ('emails_engaged:clicked', m.person_clicked_at is not null)
    ) c (name, counts) where m.sent_at is not null and c.counts group by 1, 2
), counted as (
    select account_id, name, bucket, sum(n)::bigint as n from (
        select account_id, name, bucket, value as n from counters
        union all
        select account_id, name, bucket, change from counter_changes
    ) parts group by 1, 2, 3 having sum(n) <> 0
)
select account_id, name, bucket, coalesce(counted.n, 0) as counted, coalesce(recounted.n, 0) as recounted
from counted full join recounted using (account_id, name, bucket)
where counted.n is distinct from recounted.n
order by account_id, name, bucket
