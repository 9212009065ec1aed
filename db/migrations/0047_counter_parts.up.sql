-- A counter is its total and the changes not folded into it yet; who counts reads both.
create view counter_parts with (security_invoker = true) as
    select account_id, name, bucket, value as change from counters
    union all
    select account_id, name, bucket, change from counter_changes;
