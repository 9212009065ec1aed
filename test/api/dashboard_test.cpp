#include <doctest/doctest.h>

#include <algorithm>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// Counted afresh from the rows, as the counters' judge.
std::string recount(TestApp& app, const std::string& sql) {
    return app.store.value(sql);
}

} // namespace

TEST_CASE("dashboard: every number equals a recount, before and after folding") {
    TestApp app;
    app.set_time("2030-03-04T15:00:00Z");
    for (int i = 0; i < 12; ++i) {
        auto id = app.make_client("p" + std::to_string(i) + "@example.com", "", true);
        if (i % 3 == 0) app.patch("/api/clients/" + id, R"({"stage":"closed"})");
        if (i % 4 == 0) app.del("/api/clients/" + id);
    }
    for (bool folded : {false, true}) {
        CAPTURE(folded);
        if (folded) {
            app.advance(25h);
            app.run_jobs();
        }
        auto stats = app.get("/api/dashboard/stats");
        auto living = "select count(*) from contacts where deleted_at is null";
        CHECK(stats["total_clients"] == recount(app, living));
        CHECK(stats["clients_by_stage.closed"] == recount(app, std::string(living) + " and stage = 'closed'"));
        CHECK(
            stats["active_clients"] ==
            recount(app, std::string(living) + " and stage in ('lead', 'negotiating', 'under_contract')")
        );
        for (auto status : {"pending", "completed", "skipped", "cancelled"}) {
            auto sql = "select count(*) from tasks where deleted_at is null and status = '" + std::string(status) + "'";
            CHECK(stats["tasks_by_status." + std::string(status)] == recount(app, sql));
        }
        CHECK(stats["emails_by_status.sent"] == recount(app, "select count(*) from messages where status = 'sent'"));
        CHECK(std::stod(stats["conversion_rate"]) == doctest::Approx(33.33));
        CHECK(stats["definitions.open_rate"] != "");
    }
    CHECK(app.other().get("/api/dashboard/stats")["total_clients"] == "0");
}

TEST_CASE("dashboard: today and this week begin at midnight and Monday in the account's zone") {
    TestApp app;
    app.set_time("2030-03-03T16:00:00Z"); // a Sunday, 11:00 in New York
    app.make_client("kim@example.com", "", true);
    app.advance(25h); // Monday noon
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.get("/api/dashboard/stats")["emails_sent_today"] == "1");
    app.set_time("2030-03-05T04:59:00Z"); // still Monday there
    CHECK(app.get("/api/dashboard/stats")["emails_sent_today"] == "1");
    app.set_time("2030-03-05T05:01:00Z"); // Tuesday
    CHECK(app.get("/api/dashboard/stats")["emails_sent_today"] == "0");
    CHECK(app.get("/api/dashboard/stats")["emails_sent_this_week"] == "1");
    app.set_time("2030-03-11T04:30:00Z"); // the next Monday: summer time has begun in between
    CHECK(app.get("/api/dashboard/stats")["emails_sent_this_week"] == "0");
}

TEST_CASE("dashboard: activity of every kind, and days in the account's zone") {
    TestApp app;
    app.set_time("2030-03-04T15:00:00Z");
    auto id = app.make_client("kim@example.com", "", true);
    app.patch("/api/clients/" + id, R"({"stage":"negotiating"})");
    app.advance(25h);
    app.run_jobs();
    auto recent = app.get("/api/dashboard/recent-activity?limit=20");
    std::vector<std::string> types;
    for (std::size_t i = 0; i < recent.size("items"); ++i) types.push_back(recent["items." + std::to_string(i) + ".type"]);
    for (auto type : {"client_created", "stage_changed", "task_completed", "email"}) {
        CAPTURE(type);
        CHECK(std::find(types.begin(), types.end(), type) != types.end());
    }
    CHECK(app.get("/api/dashboard/recent-activity?limit=1").size("items") == 1);
    CHECK(app.get("/api/dashboard/recent-activity?limit=-1").status == 422);
    auto trends = app.get("/api/dashboard/trends?days=2");
    CHECK(trends["days.0.clients_created"] == "1");
    CHECK(trends["days.1.emails_sent"] == "1");
}
