#include "app/health.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/log.hpp"

namespace doorstep::app {

struct Health::Finding {
    std::string name;
    bool healthy = true;
    std::string detail;
    std::optional<double> figure;
};

namespace {

struct Counts {
    double oldest_due_seconds = 0;
    std::int64_t dead_jobs = 0;
    std::int64_t waiting_messages = 0;
    std::int64_t waiting_letters = 0;
    std::int64_t unread_webhooks = 0;
    BOOST_DESCRIBE_CLASS(
        Counts, (), (oldest_due_seconds, dead_jobs, waiting_messages, waiting_letters, unread_webhooks), (), ()
    )
};

// $1 now. Each looks no further than what is enough to say that something is wrong.
const db::Query counts_sql{"health.counts", R"sql(
    select coalesce(extract(epoch from $1::timestamptz - least(
            (select min(run_at) from (select run_at from app.jobs where state = 'ready' limit 10000) ready),
            (select min(run_at) from app.jobs where state = 'waiting' and run_at <= $1)
        )), 0)::float8 as oldest_due_seconds,
        (select count(*) from (select from app.jobs where state = 'dead' limit 10000) found) as dead_jobs,
        (select count(*) from (
            select from messages
            where dispatch in ('waiting', 'sending') and created_at < $1::timestamptz - interval '1 hour'
                and coalesce(greatest(held_until, undo_until), created_at) < $1::timestamptz - interval '1 hour'
            limit 10000
        ) found) as waiting_messages,
        (select count(*) from (
            select from email_logs
            where status = 'pending' and created_at < $1::timestamptz - interval '1 hour' and (expires_at is null or expires_at > $1)
            limit 10000
        ) found) as waiting_letters,
        (select count(*) from (
            select from inbound_webhooks where processed_at is null and received_at < $1::timestamptz - interval '15 minutes' limit 10000
        ) found) as unread_webhooks
)sql"};

const db::Query keep_sql{"health.keep", R"sql(
    insert into health_checks (name, healthy, detail, figure, checked_at, since) values ($1, $2, $3, $4, $5, $5)
    on conflict (name) do update set healthy = excluded.healthy, detail = excluded.detail, figure = excluded.figure,
        checked_at = excluded.checked_at,
        since = case when health_checks.healthy = excluded.healthy then health_checks.since else excluded.since end,
        told_at = case when excluded.healthy then null else health_checks.told_at end
)sql"};

// Of several servers that look at once, one gets the row. What is well again at the next look is nobody's news: a restart, a burst.
const db::Query claim_sql{"health.claim_news", R"sql(
    update health_checks set told_at = $2 where name = $1 and not healthy and told_at is null and since < $2::timestamptz - interval '4 minutes'
    returning name
)sql"};

const db::Query list_sql{
    "health.list", "select name, healthy, detail, figure, checked_at, since from health_checks order by healthy, name"
};

// Whoever installed the product opened the first account.
const db::Query installer_sql{"health.installer", R"sql(
    select id from accounts where parent_id is null order by created_at, id limit 1
)sql"};

const db::Query owners_sql{"health.owners", "select user_id from memberships where account_id = $1 and role = 'owner'"};

constexpr double most_minutes_due = 15;
constexpr std::uintmax_t least_room = 1ULL << 30;

/// `one` and `many`: how it reads of one thing, and of several.
Health::Finding about(
    std::string name, std::int64_t count, std::string_view one, std::string_view many, std::string_view advice
) {
    Health::Finding finding{std::move(name), count == 0, "Nothing is left lying.", double(count)};
    if (count > 0) finding.detail = fmt::format("{} {} {}", count, count == 1 ? one : many, advice);
    return finding;
}

} // namespace

Task<HealthReport> Health::look(Context& job) {
    Context ctx = job;
    ctx.all_accounts = true;
    auto began = std::chrono::steady_clock::now();
    auto counts = co_await parts_.db.one<Counts>(ctx, counts_sql, ctx.now());
    auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count();
    auto minutes = std::max(counts.oldest_due_seconds, 0.0) / 60;
    std::vector<Finding> findings{
        {"store", took < 5'000, fmt::format("It answered within {} ms.", took), double(took)},
        {"jobs", minutes < most_minutes_due,
         minutes < most_minutes_due ? "Work is done when it is due."
                                    : fmt::format("Work has been due for {:.0f} minutes. Are enough servers running?", minutes),
         std::floor(minutes)},
        about(
            "given_up_work", counts.dead_jobs, "job was given up.", "jobs were given up.", "Look under Settings, Failed work."
        ),
        about(
            "emails", counts.waiting_messages, "e-mail to a client has waited for more than an hour.",
            "e-mails to clients have waited for more than an hour.", "Is the provider set up?"
        ),
        about(
            "letters", counts.waiting_letters, "letter to a user has waited for more than an hour.",
            "letters to users have waited for more than an hour.", "Is the provider set up?"
        ),
        about(
            "incoming", counts.unread_webhooks, "message from a provider is not processed yet.",
            "messages from providers are not processed yet.", "Look at the server's log."
        ),
    };
    if (!parts_.folder.empty()) {
        std::error_code problem;
        // The folder comes with the first file that is kept.
        auto there = std::filesystem::absolute(parts_.folder);
        while (!std::filesystem::exists(there, problem) && there.has_relative_path()) there = there.parent_path();
        auto room = std::filesystem::space(there, problem);
        bool enough = !problem && room.available >= least_room;
        Finding finding{"disk", enough, "The disk can't be asked: " + problem.message(), std::nullopt};
        if (!problem) {
            finding.figure = std::round(10 * double(room.available) / double(1ULL << 30)) / 10;
            finding.detail = fmt::format("{:.1f} GiB are free for files.", *finding.figure);
        }
        findings.push_back(std::move(finding));
    }
    auto body = [&](db::Session& tx) -> Task<> {
        for (const auto& finding : findings)
            tx.queue(keep_sql, finding.name, finding.healthy, finding.detail, finding.figure, ctx.now());
        co_return;
    };
    co_await parts_.db.transaction(ctx, body);
    co_await tell(ctx, findings);
    co_return co_await report(ctx);
}

Task<> Health::tell(Context& ctx, const std::vector<Finding>& findings) {
    auto account = co_await parts_.db.maybe<Uuid>(ctx, installer_sql);
    if (!account) co_return;
    Context scoped = ctx;
    scoped.all_accounts = false;
    scoped.account_id = *account;
    auto body = [&](db::Session& tx) -> Task<> {
        auto owners = co_await tx.all<Uuid>(owners_sql, *account);
        for (const auto& finding : findings) {
            auto first = co_await tx.maybe<std::string>(claim_sql, finding.name, ctx.now());
            if (!first) continue;
            log::error("a health check fails", {{"check", finding.name}, {"detail", finding.detail}});
            Json facts{R"({"check":)" + json_quote(finding.name) + R"(,"detail":)" + json_quote(finding.detail) + "}"};
            if (owners.empty()) continue;
            parts_.notifications.notify(
                tx, scoped,
                {.kind = "health_failed", .users = owners, .facts = std::move(facts), .link = "/console/settings/system"}
            );
        }
    };
    co_await parts_.db.transaction(scoped, body);
}

Task<HealthReport> Health::report(Context& ctx) {
    HealthReport report;
    report.checks = co_await parts_.db.all<HealthCheck>(ctx, list_sql);
    for (const auto& check : report.checks) {
        report.healthy = report.healthy && check.healthy;
        report.checked_at = std::max(report.checked_at, std::optional(check.checked_at));
    }
    co_return report;
}

namespace {

Task<HealthReport> get_status(Health& health, http::Context& ctx) {
    return health.report(ctx);
}

} // namespace

void routes(http::Router& router, Health& health) {
    router.tag("Server");
    router.add("GET", "/api/status", health, get_status)
        .scope("status:read")
        .id("get_status")
        .summary("How the installation is, as the last look of five minutes ago found it");
}

} // namespace doorstep::app
