#include "modules/today/today.hpp"

#include "modules/today/points.hpp"

namespace doorstep::today {

namespace {

// $2 the end of the account's day. Drafts and failures are always for today.
const db::Query tasks_sql{"today.tasks", R"sql(
    select case when t.failed_at is not null then 'failed' when t.mode = 'approve' then 'approve' else 'task' end as kind,
        t.id, t.contact_id, c.name, c.email, c.phone, c.stage, coalesce(t.title, t.followup_type) as title, t.notes, t.channel,
        t.priority, null as to_stage, coalesce(t.failed_at, t.drafted_at, t.scheduled_for) as since
    from tasks t join contacts c on c.account_id = t.account_id and c.id = t.contact_id and c.deleted_at is null
    where t.account_id = $1 and t.status = 'pending' and t.deleted_at is null and t.paused_at is null and t.scheduled_for < $2
        and (t.mode = 'manual' or t.failed_at is not null or t.drafted_at is not null)
        and (t.mode <> 'automatic' or t.failed_at is not null)
    order by t.scheduled_for, t.id
    limit 500
)sql"};

const db::Query suggestions_sql{"today.suggestions", R"sql(
    select 'suggestion' as kind, s.id, s.contact_id, c.name, c.email, c.phone, c.stage, r.name as title, null as notes,
        null as channel, null as priority, s.to_stage, s.created_at as since
    from stage_suggestions s
    join contacts c on c.account_id = s.account_id and c.id = s.contact_id and c.deleted_at is null and c.stage = s.from_stage
    join stage_rules r on r.account_id = s.account_id and r.id = s.rule_id
    where s.account_id = $1 and s.status = 'open'
    order by s.created_at desc, s.id
    limit 200
)sql"};

// Who did something in the last three days that nobody has answered, or came in a day ago and has heard from nobody.
const db::Query signals_sql{"today.signals", R"sql(
    with recent as (
        select e.contact_id, e.kind, e.at from events e
        where e.account_id = $1 and e.at > $2::timestamptz - interval '72 hours' and e.contact_id is not null
            and e.kind in ('email_opened', 'email_clicked', 'email_replied', 'email_received', 'message_received')
            and not e.data ? 'machine'
    ), people as (
        select distinct contact_id from recent
        union
        select id from contacts
        where account_id = $1 and deleted_at is null and created_at > $2::timestamptz - interval '24 hours' and last_contacted is null
    )
    select c.id as contact_id, c.name, c.email, c.phone, c.stage,
        count(r.*) filter (where r.kind in ('email_replied', 'email_received', 'message_received')) as replied,
        count(r.*) filter (where r.kind = 'email_clicked') as clicked,
        count(r.*) filter (where r.kind = 'email_opened') as opened,
        c.created_at > $2::timestamptz - interval '24 hours' and c.last_contacted is null and a.at = '-infinity' as new_person,
        coalesce(max(r.at), c.created_at) as last_at
    from people p
    join contacts c on c.account_id = $1 and c.id = p.contact_id and c.deleted_at is null and c.stage not in ('closed', 'lost')
    cross join lateral (
        select greatest(
            coalesce((select max(e.at) from events e
                where e.account_id = $1 and e.contact_id = c.id and e.actor_kind in ('user', 'api_key')
                    and e.kind in ('task_completed', 'email_queued', 'task_approved', 'task_sent_now')), '-infinity'),
            coalesce((select s.skipped_at from today_skips s where s.account_id = $1 and s.contact_id = c.id), '-infinity')
        ) as at
    ) a
    left join recent r on r.contact_id = c.id and r.at > a.at
    group by c.account_id, c.id, a.at
    having count(r.*) > 0 or (c.created_at > $2::timestamptz - interval '24 hours' and c.last_contacted is null and a.at = '-infinity')
    order by last_at desc
    limit 300
)sql"};

const db::Query done_sql{"today.done", R"sql(
    select count(*) from events where account_id = $1 and at >= $2 and kind = 'task_completed' and actor_kind in ('user', 'api_key')
)sql"};

const db::Query skip_sql{"today.skip", R"sql(
    insert into today_skips (account_id, contact_id, skipped_at, reason)
    select $1, id, $3, $4 from contacts where account_id = $1 and id = $2 and deleted_at is null
    on conflict (account_id, contact_id) do update set skipped_at = $3, reason = $4
)sql"};

const db::Query unskip_sql{"today.unskip", "delete from today_skips where account_id = $1 and contact_id = $2"};

} // namespace

Task<TodayList> Today::list(Context& ctx, const TodayFilter& filter) {
    auto now = ctx.now();
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto midnight = start_of_day(now, profile.zone);
    auto day_end = plus_local_days(midnight, 1, profile.zone);
    auto things = co_await parts_.db.all<Thing>(ctx, tasks_sql, ctx.account_id, day_end);
    auto suggested = co_await parts_.db.all<Thing>(ctx, suggestions_sql, ctx.account_id);
    auto signals = co_await parts_.db.all<Signals>(ctx, signals_sql, ctx.account_id, now);
    things.insert(things.end(), suggested.begin(), suggested.end());
    TodayList list;
    list.items = rank(things, signals, now);
    list.total = std::int64_t(list.items.size());
    auto limit = std::size_t(filter.limit ? filter.limit->value : 50);
    if (list.items.size() > limit) list.items.resize(limit);
    list.done = co_await parts_.db.one<std::int64_t>(ctx, done_sql, ctx.account_id, midnight);
    list.date = local_date(now, profile.zone);
    co_return list;
}

Task<> Today::skip(Context& ctx, const NewSkip& input) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto found = co_await tx.exec(skip_sql, ctx.account_id, input.client_id, ctx.now(), input.reason);
        if (found == 0) throw not_found("client");
        Json data;
        if (input.reason) data.text = R"({"reason":)" + json_quote(input.reason->value) + "}";
        parts_.events.record(
            tx, ctx, {.kind = "client_skipped_today", .contact_id = input.client_id.value, .data = std::move(data)}
        );
    };
    co_await parts_.db.transaction(ctx, body);
}

Task<> Today::unskip(Context& ctx, Id<Client> client) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto found = co_await tx.exec(unskip_sql, ctx.account_id, client);
        if (found == 0) throw not_found("skip");
        parts_.events.record(tx, ctx, {.kind = "client_skip_undone", .contact_id = client.value});
    };
    co_await parts_.db.transaction(ctx, body);
}

Task<journeys::FollowUpTask> Today::touch(Context& ctx, const NewTouch& input) {
    journeys::NewTask task{
        .client_id = input.client_id,
        .scheduled_for = ctx.now(),
        .title = {},
        .notes = input.notes,
        .channel = input.channel,
        .mode = journeys::Mode::manual,
    };
    journeys::TaskPatch done;
    done.status.value = journeys::Status::completed;
    http::Precondition any = [](std::string_view) {};
    auto body = [&](db::Session& tx) -> Task<journeys::FollowUpTask> {
        Context inner = ctx;
        inner.outer = &tx;
        auto made = co_await parts_.journeys.create(inner, task);
        co_return co_await parts_.journeys.update(inner, made.id, done, any);
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

} // namespace doorstep::today
