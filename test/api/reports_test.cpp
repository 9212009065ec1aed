#include <doctest/doctest.h>

#include <random>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// Times are real between two acts of a test: a second or two more do not matter.
bool about(const std::string& number, double expected) {
    auto value = std::stod(number);
    return value >= expected && value < expected + 30;
}

std::string period(TestApp& app) {
    return "?from=2030-03-01&to=" + format_rfc3339(app.now()).substr(0, 10);
}

} // namespace

TEST_CASE("reports: the funnel counts how far a cohort came, whatever came after") {
    TestApp app;
    auto stage = [&](const std::string& client, const std::string& to) {
        app.patch("/api/clients/" + client, R"({"stage":")" + to + "\"}");
    };
    auto a = app.make_client("a@example.com", R"("custom_fields":{"source":"Portal"})");
    auto b = app.make_client("b@example.com", R"("custom_fields":{"source":"Portal"})");
    app.make_client("c@example.com");
    app.advance(48h);
    stage(a, "under_contract"); // negotiating was skipped
    stage(b, "negotiating");
    app.advance(48h);
    stage(a, "closed");
    stage(b, "lost");
    app.del("/api/clients/" + a);

    auto funnel = app.get("/api/reports/funnel" + period(app));
    CHECK(funnel.status == 200);
    CHECK(funnel["definition"] != "");
    CHECK(funnel["items.0.clients"] == "3");
    CHECK(funnel["items.1.stage"] == "negotiating");
    CHECK(funnel["items.1.clients"] == "2");
    CHECK(std::stod(funnel["items.1.of_all"]) == 66.67);
    CHECK(funnel["items.1.median_days"] == "2");
    CHECK(funnel["items.2.clients"] == "1");
    CHECK(funnel["items.3.clients"] == "1");
    CHECK(funnel["items.3.of_previous"] == "100");
    CHECK(funnel["items.3.median_days"] == "4");
    auto sources = app.get("/api/reports/sources" + period(app));
    CHECK(sources["items.0.source"] == "Portal");
    CHECK(sources["items.0.clients"] == "2");
    CHECK(sources["items.0.closed"] == "1");
    CHECK(sources["items.0.lost"] == "1");
    CHECK(sources["items.0.conversion"] == "50");
    CHECK(sources["items.1.source"] == "manual");
    CHECK(app.other().get("/api/reports/funnel" + period(app))["items.0.clients"] == "0");
    auto empty = app.get("/api/reports/funnel?from=2029-01-01&to=2029-02-01");
    CHECK(empty.size("items") == 4);
    CHECK(empty["items.3.of_previous"] == "0");
}

TEST_CASE("reports: trends by day, week and month of the account's zone, and as CSV") {
    TestApp app;
    app.set_time("2030-03-05T04:30:00Z"); // still the 4th in New York
    auto client = app.make_client();
    app.post("/api/emails/send", R"({"client_id":")" + client + R"(","subject":"S","body":"B"})");
    app.run_jobs();
    auto days = app.get("/api/reports/trends?from=2030-03-03&to=2030-03-05");
    CHECK(days.size("items") == 3);
    CHECK(days["items.1.from"] == "2030-03-04");
    CHECK(days["items.1.clients_created"] == "1");
    CHECK(days["items.1.emails_sent"] == "1");
    CHECK(days["items.2.clients_created"] == "0");
    auto weeks = app.get("/api/reports/trends?from=2030-03-01&to=2030-03-10&by=week");
    CHECK(weeks.size("items") == 2);
    CHECK(weeks["items.1.from"] == "2030-03-04");
    CHECK(weeks["items.1.clients_created"] == "1");
    CHECK(app.get("/api/reports/trends?from=2030-01-15&to=2030-03-15&by=month")["items.2.emails_sent"] == "1");
    CHECK(app.get("/api/reports/trends").size("items") == 30);
    CHECK(app.get("/api/reports/trends?from=2030-03-05&to=2030-03-03").status == 422);
    CHECK(app.get("/api/reports/trends?from=2020-03-05").status == 422);
    CHECK(app.get("/api/reports/trends?from=2030-02-30").status == 422);
    auto csv = app.get("/api/reports/trends.csv?from=2030-03-04&to=2030-03-04");
    CHECK(csv.headers.find("Content-Type") == "text/csv; charset=utf-8");
    CHECK(csv.body.starts_with("\xef\xbb\xbf"
                               "from,clients_created,clients_closed,emails_sent"));
    CHECK(csv.body.find("2030-03-04,1,0,1,0,0,0,0\r\n") != std::string::npos);
    app.make_client("x@example.com", R"("custom_fields":{"source":"=HYPERLINK(\"x\"),y"})");
    CHECK(app.get("/api/reports/sources.csv").body.find("\"'=HYPERLINK(\"\"x\"\"),y\",1") != std::string::npos);
}

TEST_CASE("reports: response times are medians of what was answered") {
    TestApp app(Providers::sandbox);
    std::vector<std::string> clients;
    for (auto name : {"a", "b", "c"}) clients.push_back(app.make_client(std::string(name) + "@example.com"));
    auto send = [&](std::size_t who) {
        app.post("/api/emails/send", R"({"client_id":")" + clients[who] + R"(","subject":"S","body":"B"})");
        app.run_jobs();
    };
    app.advance(10min);
    send(0);
    app.advance(20min);
    send(1);
    auto report = app.get("/api/reports/response-times" + period(app));
    CHECK(report["items.0.measure"] == "first_contact");
    CHECK(report["items.0.cases"] == "3");
    CHECK(report["items.0.answered"] == "2");
    CHECK(about(report["items.0.median_seconds"], 1200));
    app.post("/sandbox/inbound", R"({"channel":"email","from":"a@example.com","text":"Yes?"})");
    app.run_jobs();
    app.advance(1h);
    send(0);
    report = app.get("/api/reports/response-times" + period(app));
    CHECK(report["items.1.cases"] == "1");
    CHECK(about(report["items.1.median_seconds"], 3600));
}

TEST_CASE("reports: the dashboard's counters equal a recount after a random history") {
    TestApp app(Providers::sandbox);
    std::mt19937 random(11);
    auto pick = [&](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
    std::vector<std::string> clients;
    const char* stages[] = {"lead", "negotiating", "under_contract", "closed", "lost"};
    const char* events[] = {"delivered", "open", "click", "bounce", "spamreport", "deferred", "dropped", "machine_open"};
    for (int step = 0; step < 120; ++step) {
        auto act = pick(10);
        if (clients.empty() || act < 2) {
            clients.push_back(app.make_client("p" + std::to_string(step) + "@example.com", "", act == 0));
            continue;
        }
        auto& client = clients[std::size_t(pick(int(clients.size())))];
        auto mail = R"({"client_id":")" + client + R"(","subject":"S","body":"B","undo_seconds":)" + (act == 4 ? "60}" : "0}");
        if (act == 2) app.patch("/api/clients/" + client, R"({"stage":")" + std::string(stages[pick(5)]) + "\"}");
        if (act == 3 || act == 4) {
            auto sent = app.post("/api/emails/send", mail);
            if (act == 4 && pick(2)) app.post("/api/emails/" + sent["id"] + "/cancel");
        }
        if (act == 5) app.del("/api/clients/" + client);
        if (act == 6) app.post("/api/clients/" + client + "/restore");
        if (act == 9) app.patch("/api/clients/" + client, pick(2) ? R"({"tags":["seller","vip"]})" : R"({"tags":["vip"]})");
        if (act == 7) app.advance(std::chrono::hours(pick(30)));
        app.run_jobs();
        auto outbox = app.get("/sandbox/outbox");
        if (act == 8 && outbox.size("items") > 0) {
            auto id = outbox["items." + std::to_string(pick(int(outbox.size("items")))) + ".message_id"];
            app.post(
                "/sandbox/email-events",
                R"({"message_id":")" + id + R"(","events":[")" + std::string(events[pick(8)]) + R"("]})"
            );
            app.run_jobs();
        }
    }
    CHECK(app.store.wrong_counters() == "");
    auto stats = app.get("/api/dashboard/stats");
    auto count = [&](const std::string& sql) { return app.store.value("select count(*) " + sql); };
    for (auto stage : stages) {
        CHECK(
            stats["clients_by_stage." + std::string(stage)] ==
            count("from contacts where deleted_at is null and stage = '" + std::string(stage) + "'")
        );
    }
    for (auto status : {"pending", "completed", "skipped", "cancelled"}) {
        CHECK(
            stats["tasks_by_status." + std::string(status)] ==
            count("from tasks where deleted_at is null and status = '" + std::string(status) + "'")
        );
    }
    for (auto status :
         {"queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"}) {
        CHECK(
            stats["emails_by_status." + std::string(status)] ==
            count("from messages where status = '" + std::string(status) + "'")
        );
    }
    auto rate = [&](const std::string& condition) {
        return std::stod(app.store.value(
            "select coalesce(round(100.0 * count(*) filter (where " + condition +
            ") / nullif(count(*), 0), 2), 0)::float8 from messages where sent_at is not null"
        ));
    };
    CHECK(std::stod(stats["open_rate"]) == rate("person_opened_at is not null or person_clicked_at is not null"));
    CHECK(std::stod(stats["click_rate"]) == rate("person_clicked_at is not null"));
    CHECK(
        stats["emails_sent_today"] ==
        count(
            "from messages where sent_at >= date_trunc('day', timestamptz '" + format_rfc3339(app.now()) +
            "' at time zone 'America/New_York') at time zone 'America/New_York'"
        )
    );
}
