#include "app/metrics.hpp"

#include <fmt/format.h>

#include "http/client.hpp"

namespace doorstep::app {

namespace {

void queries(std::string& text) {
    text += "# TYPE doorstep_db_queries_total counter\n";
    for (const auto* query : db::Query::all()) {
        if (auto runs = query->counters().runs.load())
            text += fmt::format("doorstep_db_queries_total{{query=\"{}\"}} {}\n", query->name(), runs);
    }
    text += "# TYPE doorstep_db_query_failures_total counter\n";
    for (const auto* query : db::Query::all()) {
        auto failures = query->counters().failures.load();
        if (failures) text += fmt::format("doorstep_db_query_failures_total{{query=\"{}\"}} {}\n", query->name(), failures);
    }
    text += "# TYPE doorstep_db_query_seconds_total counter\n";
    for (const auto* query : db::Query::all()) {
        auto spent = double(query->counters().microseconds.load()) / 1e6;
        if (spent > 0) text += fmt::format("doorstep_db_query_seconds_total{{query=\"{}\"}} {}\n", query->name(), spent);
    }
}

void worlds(std::string& text, const Shared& shared) {
    std::size_t pooled = 0, lent = 0, idle = 0, waiting = 0, pages = 0;
    std::uint64_t reconnects = 0;
    std::int64_t running = 0, done = 0, failed = 0, dead = 0;
    for (const auto* gauge : shared.gauges) {
        const auto& gauges = *gauge;
        pooled += gauges.shared;
        lent += gauges.lent;
        idle += gauges.idle;
        waiting += gauges.waiting;
        pages += gauges.live_pages;
        reconnects += gauges.reconnects;
        running += gauges.jobs_running;
        done += gauges.jobs_done;
        failed += gauges.jobs_failed;
        dead += gauges.jobs_dead;
    }
    text += "# TYPE doorstep_db_connections gauge\n";
    text += fmt::format("doorstep_db_connections{{state=\"shared\"}} {}\n", pooled);
    text += fmt::format("doorstep_db_connections{{state=\"lent\"}} {}\n", lent);
    text += fmt::format("doorstep_db_connections{{state=\"idle\"}} {}\n", idle);
    text += fmt::format("# TYPE doorstep_db_waiting gauge\ndoorstep_db_waiting {}\n", waiting);
    text += fmt::format("# TYPE doorstep_db_reconnects_total counter\ndoorstep_db_reconnects_total {}\n", reconnects);
    text += fmt::format("# TYPE doorstep_live_pages gauge\ndoorstep_live_pages {}\n", pages);
    text += fmt::format("# TYPE doorstep_jobs_running gauge\ndoorstep_jobs_running {}\n", running);
    text += "# TYPE doorstep_job_runs_total counter\n";
    text += fmt::format("doorstep_job_runs_total{{outcome=\"done\"}} {}\n", done);
    text += fmt::format("doorstep_job_runs_total{{outcome=\"failed\"}} {}\n", failed);
    text += fmt::format("doorstep_job_runs_total{{outcome=\"dead\"}} {}\n", dead);
}

} // namespace

std::string process_metrics(const Shared& shared) {
    std::string text =
        fmt::format("# TYPE doorstep_build_info gauge\ndoorstep_build_info{{version=\"{}\"}} 1\n", DOORSTEP_VERSION);
    text += shared.metrics.text();
    queries(text);
    worlds(text, shared);
    text += http::outgoing_metrics();
    return text;
}

} // namespace doorstep::app
