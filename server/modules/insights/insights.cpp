#include "modules/insights/insights.hpp"

#include <cmath>

#include "core/time.hpp"

namespace doorstep::insights {

namespace {

// Totals and the differences not folded into them yet; of the sent e-mails only the quarters of this week.
const db::Query counters_sql{"insights.counters", R"sql(
    select name, sum(change)::bigint as value, coalesce(sum(change) filter (where bucket >= $3), 0)::bigint as today
    from counter_parts
    where account_id = $1 and (bucket = '-infinity' or (name = 'emails_sent' and bucket >= $2))
    group by name
)sql"};

// The rows that the differences are folded from are locked; a second server takes others.
const db::Query fold_sql{"insights.fold", R"sql(
    with taken as (
        select account_id, id, name, bucket, change from counter_changes limit $1 for update skip locked
    ), gone as (
        delete from counter_changes c using taken t where c.account_id = t.account_id and c.id = t.id
    ), totals as (
        select account_id, name, bucket, sum(change)::bigint as change from taken group by 1, 2, 3 order by 1, 2, 3
    ), folded as (
        insert into counters (account_id, name, bucket, value)
        select account_id, name, bucket, change from totals
        on conflict (account_id, name, bucket) do update set value = counters.value + excluded.value
    )
    select count(*) from taken
)sql"};

const db::Query trends_sql{"insights.trends", R"sql(
    with days as (
        select d::date as day, (d::date::timestamp at time zone $2::text) as begins, ((d::date + 1)::timestamp at time zone $2::text) as ends
        from generate_series($3::date - ($4 - 1)::integer, $3::date, '1 day') d
    ), happened as (
        select (at at time zone $2::text)::date as day, kind, count(*) as n, count(distinct message_id) as messages
        from events
        where account_id = $1 and at >= (select min(begins) from days)
            and (kind in ('client_created', 'email_sent', 'task_completed')
                or (kind in ('email_opened', 'email_clicked') and not coalesce((data ->> 'machine')::boolean, false)))
        group by 1, 2
    )
    select to_char(days.day, 'YYYY-MM-DD') as date,
        coalesce(sum(n) filter (where kind = 'client_created'), 0)::bigint as clients_created,
        coalesce(sum(n) filter (where kind = 'email_sent'), 0)::bigint as emails_sent,
        coalesce(sum(messages) filter (where kind = 'email_opened'), 0)::bigint as emails_opened,
        coalesce(sum(messages) filter (where kind = 'email_clicked'), 0)::bigint as emails_clicked,
        coalesce(sum(n) filter (where kind = 'task_completed'), 0)::bigint as tasks_completed
    from days left join happened on happened.day = days.day
    group by days.day order by days.day
)sql"};

struct Counter {
    std::string name;
    std::int64_t value = 0;
    std::int64_t today = 0;
    BOOST_DESCRIBE_CLASS(Counter, (), (name, value, today), (), ())
};

constexpr std::int64_t fold_batch = 20'000;

double per_cent(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return 0;
    return std::round(10'000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 100.0;
}

const std::map<std::string, std::string> definitions{
    {"total_clients", "Clients that are not deleted."},
    {"active_clients", "Clients in the stages lead, negotiating and under contract."},
    {"pending_tasks", "Tasks that wait for their time or for a person."},
    {"completed_tasks", "Tasks that were done, by a person or by an e-mail that was handed over."},
    {"emails_sent_today",
     "E-mails handed over to the provider since midnight in the account's time zone, whatever became of them."},
    {"emails_sent_this_week", "E-mails handed over since Monday, midnight, in the account's time zone, whatever became of them."
    },
    {"open_rate", "Of all e-mails handed over, the share that a person opened or clicked in, per cent. Machines do not count."},
    {"click_rate", "Of all e-mails handed over, the share in which a person clicked a link, per cent. Machines do not count."},
    {"conversion_rate", "Of all clients ever in the pipeline, deleted ones included, the share that is closed, per cent."},
    {"clients_by_stage", "Clients that are not deleted, by their stage now."},
    {"tasks_by_status", "Tasks that are not deleted, by status."},
    {"emails_by_status", "E-mails by the furthest status they have reached."},
};

} // namespace

Task<Stats> Insights::stats(Context& ctx) {
    auto profile = co_await accounts_.sending_profile(ctx);
    auto now = ctx.now();
    auto today = start_of_day(now, profile.zone);
    auto week = start_of_week(now, profile.zone);
    auto counters = co_await db_.all<Counter>(ctx, counters_sql, ctx.account_id, week, today);
    std::map<std::string, Counter> by_name;
    for (auto& counter : counters) by_name[counter.name] = counter;
    auto value = [&](const std::string& name) {
        auto found = by_name.find(name);
        return found == by_name.end() ? std::int64_t(0) : found->second.value;
    };

    Stats stats;
    std::int64_t ever = 0;
    std::int64_t closed = 0;
    for (auto stage : {"lead", "negotiating", "under_contract", "closed", "lost"}) {
        auto living = value(std::string("clients:") + stage);
        auto deleted = value(std::string("deleted_clients:") + stage);
        stats.clients_by_stage[stage] = living;
        stats.total_clients += living;
        ever += living + deleted;
        if (std::string_view(stage) == "closed") closed = living + deleted;
    }
    stats.active_clients = value("clients:lead") + value("clients:negotiating") + value("clients:under_contract");
    for (auto status : {"pending", "completed", "skipped", "cancelled"}) {
        stats.tasks_by_status[status] = value(std::string("tasks:") + status);
    }
    for (auto status :
         {"queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"}) {
        stats.emails_by_status[status] = value(std::string("emails:") + status);
    }
    stats.pending_tasks = value("tasks:pending");
    stats.completed_tasks = value("tasks:completed");
    stats.emails_sent_today = by_name["emails_sent"].today;
    stats.emails_sent_this_week = value("emails_sent");
    auto sent = value("emails_engaged:sent");
    stats.open_rate = per_cent(value("emails_engaged:opened"), sent);
    stats.click_rate = per_cent(value("emails_engaged:clicked"), sent);
    stats.conversion_rate = per_cent(closed, ever);
    stats.definitions = definitions;
    co_return stats;
}

Task<Recent> Insights::recent(Context& ctx, std::int64_t limit) {
    Recent recent;
    recent.items = co_await events_.recent(ctx, limit);
    co_return recent;
}

Task<Trends> Insights::trends(Context& ctx, std::int64_t days) {
    auto profile = co_await accounts_.sending_profile(ctx);
    Trends trends;
    trends.days =
        co_await db_.all<TrendDay>(ctx, trends_sql, ctx.account_id, profile.zone, local_date(ctx.now(), profile.zone), days);
    co_return trends;
}

Task<std::int64_t> Insights::fold(Context& job) {
    Context ctx = job;
    ctx.all_accounts = true;
    std::int64_t total = 0;
    while (true) {
        auto count = co_await db_.one<std::int64_t>(ctx, fold_sql, fold_batch);
        total += count;
        if (count < fold_batch) co_return total;
    }
}

} // namespace doorstep::insights
