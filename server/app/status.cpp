#include "app/status.hpp"

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <expected>

#include "app/metrics.hpp"
#include "core/log.hpp"

namespace doorstep::app {

namespace {

using namespace std::chrono_literals;

struct Vitals {
    std::optional<std::int64_t> schema;
    std::int64_t workers = 0;
    std::optional<double> oldest_due_seconds;
    BOOST_DESCRIBE_CLASS(Vitals, (), (schema, workers, oldest_due_seconds), (), ())
};

// Where ten thousand jobs are ready, the oldest of some of them tells enough.
const db::Query vitals_sql{"app.vitals", R"sql(
    select (select max(version) from app.migrations) as schema,
           (select count(*) from app.job_workers where lease_until > clock_timestamp() and swept_at is null) as workers,
           extract(epoch from $1::timestamptz - least(
               (select min(run_at) from (select run_at from app.jobs where state = 'ready' limit 10000) ready),
               (select min(run_at) from app.jobs where state = 'waiting' and run_at <= $1)
           ))::float8 as oldest_due_seconds
)sql"};

struct JobCount {
    std::string state;
    std::int64_t count = 0;
    BOOST_DESCRIBE_CLASS(JobCount, (), (state, count), (), ())
};

const db::Query job_counts_sql{"app.job_counts", R"sql(
    select s.state, (select count(*) from (select from app.jobs j where j.state = s.state limit 100000) found) as count
    from (values ('waiting'), ('ready'), ('dead')) s (state)
)sql"};

template <class T>
Task<std::expected<T, std::exception_ptr>> caught(Task<T> task) {
    std::exception_ptr problem;
    try {
        co_return co_await std::move(task);
    } catch (...) {
        problem = std::current_exception();
    }
    co_return std::unexpected(problem);
}

// A store that hangs must not hang whoever asks how it is. nullopt: no answer in time.
template <class T>
Task<std::optional<T>> within(std::chrono::milliseconds limit, Task<T> task) {
    using namespace boost::asio::experimental::awaitable_operators;
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, limit);
    // The operator waits for a success, so a failure must look like one.
    auto outcome = co_await (caught(std::move(task)) || timer.async_wait(boost::asio::use_awaitable));
    if (outcome.index() == 1) co_return std::nullopt;
    auto& answer = std::get<0>(outcome);
    if (!answer) std::rethrow_exception(answer.error());
    co_return std::move(*answer);
}

struct ReadyJobs {
    std::int64_t workers = 0;
    double oldest_due_seconds = 0;
    BOOST_DESCRIBE_CLASS(ReadyJobs, (), (workers, oldest_due_seconds), (), ())
};

struct Readiness {
    std::string status;
    std::vector<std::string> reasons;
    std::optional<std::int64_t> schema;
    std::optional<ReadyJobs> jobs;
    BOOST_DESCRIBE_CLASS(Readiness, (), (status, reasons, schema, jobs), (), ())
};

http::Response no_store(http::Response response) {
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Task<http::Response> get_health(Status& status, http::Context&) {
    co_return status.health();
}
Task<http::Response> get_ready(Status& status, http::Context&) {
    return status.ready();
}
Task<http::Response> get_metrics(Status& status, http::Context&) {
    return status.metrics();
}
Task<PublicConfig> get_config(Status& status, http::Context&) {
    co_return status.config();
}

} // namespace

http::Response Status::health() const {
    return no_store(http::Response::json(R"({"status":"ok"})"));
}

Task<http::Response> Status::ready() {
    Readiness answer;
    if (shared_.draining) answer.reasons.push_back("This server is stopping.");
    Context ctx(shared_.clock);
    ctx.all_accounts = true;
    std::optional<Vitals> vitals;
    try {
        auto now = ctx.now();
        auto asked = db_.one<Vitals>(ctx, vitals_sql, now);
        vitals = co_await within(3s, std::move(asked));
        if (!vitals) answer.reasons.push_back("The store does not answer.");
    } catch (const std::exception& problem) {
        log::warn("not ready: the store fails", {{"problem", problem.what()}});
        answer.reasons.push_back("The store can't be reached.");
    }
    if (vitals) {
        answer.schema = vitals->schema;
        answer.jobs = ReadyJobs{vitals->workers, std::max(vitals->oldest_due_seconds.value_or(0), 0.0)};
        if (vitals->schema.value_or(0) != shared_.schema_version) {
            answer.reasons.push_back(fmt::format(
                "The store's schema is {}, this server needs {}; run `doorstep migrate up`.", vitals->schema.value_or(0),
                shared_.schema_version
            ));
        }
        if (shared_.serves_jobs && vitals->workers == 0) answer.reasons.push_back("No job worker is alive.");
    }
    bool ready = answer.reasons.empty();
    answer.status = ready ? "ready" : "unavailable";
    auto response = http::Response::json(to_json(answer), ready ? 200 : 503);
    if (!ready) response.headers.set("Retry-After", "5");
    co_return no_store(std::move(response));
}

Task<http::Response> Status::metrics() {
    Context ctx(shared_.clock);
    ctx.all_accounts = true;
    auto text = process_metrics(shared_);
    try {
        auto asked = db_.all<JobCount>(ctx, job_counts_sql);
        auto counts = co_await within(3s, std::move(asked));
        if (counts) {
            text += "# TYPE doorstep_jobs gauge\n";
            for (const auto& item : *counts) text += fmt::format("doorstep_jobs{{state=\"{}\"}} {}\n", item.state, item.count);
        }
        auto now = ctx.now();
        auto vitals_asked = db_.one<Vitals>(ctx, vitals_sql, now);
        auto vitals = co_await within(3s, std::move(vitals_asked));
        if (vitals) {
            text += fmt::format(
                "# TYPE doorstep_jobs_oldest_due_seconds gauge\ndoorstep_jobs_oldest_due_seconds {}\n",
                std::max(vitals->oldest_due_seconds.value_or(0), 0.0)
            );
        }
        text += fmt::format("# TYPE doorstep_store_up gauge\ndoorstep_store_up {}\n", counts && vitals ? 1 : 0);
    } catch (const std::exception&) {
        text += "# TYPE doorstep_store_up gauge\ndoorstep_store_up 0\n";
    }
    auto response = http::Response::text(std::move(text));
    response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    co_return no_store(std::move(response));
}

PublicConfig Status::config() const {
    return {"Doorstep", DOORSTEP_VERSION, shared_.config.sandbox(), shared_.public_url, shared_.providers.google.has_value()};
}

void routes(http::Router& router, Status& status) {
    router.tag("Server");
    router.add("GET", "/health", status, get_health).open().id("get_health").summary("Whether this process is alive");
    router.add("GET", "/ready", status, get_ready).open().id("get_ready").summary("Whether this server can serve");
    router.add("GET", "/metrics", status, get_metrics).open().hidden();
    router.add("GET", "/api/config", status, get_config)
        .open()
        .id("get_config")
        .summary("What a client must know before signing in");
}

} // namespace doorstep::app
