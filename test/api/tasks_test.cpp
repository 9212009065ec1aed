#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

std::string task_json(const std::string& client, std::string_view when, std::string_view more = "") {
    return R"({"client_id":")" + client + R"(","followup_type":"Custom","scheduled_for":")" + std::string(when) +
           R"(","priority":"low")" + std::string(more) + "}";
}

} // namespace

TEST_CASE("tasks: the five follow-ups, to the microsecond") {
    TestApp app;
    auto id = app.make_client("kim@example.com", "", true);
    auto created = parse_rfc3339(app.get("/api/clients/" + id)["created_at"]).value();
    auto tasks = app.get("/api/clients/" + id + "/tasks");
    REQUIRE(tasks.size("items") == 5);
    struct Expected {
        const char* type;
        std::chrono::days offset;
        const char* priority;
    } expected[] = {
        {"Day 1", std::chrono::days{1}, "high"},    {"Day 3", std::chrono::days{3}, "medium"},
        {"Week 1", std::chrono::days{7}, "medium"}, {"Week 2", std::chrono::days{14}, "low"},
        {"Month 1", std::chrono::days{30}, "low"},
    };
    for (std::size_t i = 0; i < 5; ++i) {
        auto at = "items." + std::to_string(i);
        CHECK(tasks[at + ".followup_type"] == expected[i].type);
        CHECK(tasks[at + ".priority"] == expected[i].priority);
        CHECK(tasks[at + ".status"] == "pending");
        CHECK(parse_rfc3339(tasks[at + ".scheduled_for"]).value() == created + expected[i].offset);
    }
}

TEST_CASE("tasks: none where none are wanted") {
    TestApp app;
    auto id = app.make_client("a@example.com", "", false);
    CHECK(app.get("/api/clients/" + id + "/tasks").size("items") == 0);
    auto closed = app.post(
        "/api/clients", R"({"name":"K","email":"c@example.com","property_address":"1","property_type":"land","stage":"closed"})"
    );
    CHECK(app.get("/api/clients/" + closed["id"] + "/tasks").size("items") == 0);
    CHECK(app.get("/api/clients/0190a000-0000-7000-8000-000000000001/tasks").status == 404);
}

TEST_CASE("tasks: made by hand, completed, reopened, rescheduled, deleted") {
    TestApp app;
    auto id = app.make_client();
    auto made = app.post("/api/tasks", task_json(id, "2031-01-01T09:00:00+01:00", R"(,"notes":"call first")"));
    REQUIRE(made.status == 201);
    CHECK(made["scheduled_for"] == "2031-01-01T08:00:00Z");
    auto path = "/api/tasks/" + made["id"];
    auto done = app.patch(path, R"({"status":"completed"})");
    CHECK(done["completed_at"] != "null");
    auto open = app.patch(path, R"({"status":"pending","scheduled_for":"2031-02-01T08:00:00Z","notes":null})");
    CHECK(open["completed_at"] == "null");
    CHECK(open["notes"] == "null");
    for (auto body :
         {R"({"priority":null})", R"({"status":null})", R"({"scheduled_for":"tomorrow"})",
          R"({"scheduled_for":"2031-01-01T09:00:00"})", R"({"status":"done"})", R"({"client_id":"x"})"}) {
        CAPTURE(body);
        CHECK(app.patch(path, body).status == 422);
    }
    CHECK(app.del(path)["success"] == "true");
    CHECK(app.get(path).status == 404);
    CHECK(app.get("/api/tasks")["total"] == "0");
}

TEST_CASE("tasks: not on another account's client, nor on a deleted one") {
    TestApp app;
    auto mine = app.make_client();
    CHECK(app.other().post("/api/tasks", task_json(mine, "2031-01-01T09:00:00Z")).status == 404);
    app.del("/api/clients/" + mine);
    CHECK(app.post("/api/tasks", task_json(mine, "2031-01-01T09:00:00Z")).status == 404);
}

TEST_CASE("tasks: approve and manual ones wait for a person; other channels are nobody's but theirs") {
    TestApp app;
    app.set_time("2030-03-04T15:00:00Z");
    auto id = app.make_client();
    for (auto mode : {R"(,"mode":"manual")", R"(,"mode":"approve")", R"(,"channel":"call")"}) {
        CHECK(app.post("/api/tasks", task_json(id, "2030-03-04T15:10:00Z", mode)).status == 201);
    }
    CHECK(
        app.post("/api/tasks", task_json(id, "2030-03-04T15:10:00Z", R"(,"channel":"call","mode":"automatic")")).status == 422
    );
    app.advance(1h);
    app.run_jobs();
    CHECK(app.sender.sent.empty());
    CHECK(app.get("/api/tasks?status=pending")["total"] == "3");
}

TEST_CASE("tasks: a month's calendar at once, and said where it is cut") {
    TestApp app;
    auto kim = app.make_client();
    app.store.exec(
        "insert into tasks (account_id, id, contact_id, followup_type, scheduled_for, status, priority, channel, mode, "
        "created_at, updated_at) select account_id, gen_random_uuid(), id, 'Custom', "
        "timestamptz '2030-04-01' + i * interval '10 minutes', 'pending', 'low', 'note', 'manual', created_at, created_at "
        "from contacts, generate_series(0, 3999) i"
    );
    auto april = app.get("/api/tasks/calendar?from=2030-04-01T00:00:00Z&until=2030-04-15T00:00:00Z");
    REQUIRE(april.status == 200);
    CHECK(april.size("items") == 14 * 144);
    CHECK(april["total"] == "2016");
    CHECK(april["cut"] == "false");
    CHECK(april["items.0.client_id"] == kim);
    CHECK(april["items.0.scheduled_for"].starts_with("2030-04-01T00:00:00"));
    auto all = app.get("/api/tasks/calendar?from=2030-04-01T00:00:00Z&until=2030-05-01T00:00:00Z&status=pending");
    CHECK(all.size("items") == 3000);
    CHECK(all["total"] == "4000");
    CHECK(all["cut"] == "true");
    CHECK(app.get("/api/tasks/calendar?from=2030-04-01T00:00:00Z&until=2030-05-01T00:00:00Z&status=completed")["total"] == "0");
    CHECK(app.get("/api/tasks/calendar?from=2030-04-01T00:00:00Z").status == 422);
    CHECK(app.get("/api/tasks/calendar?from=2030-04-02T00:00:00Z&until=2030-04-01T00:00:00Z").status == 422);
    CHECK(app.get("/api/tasks/calendar?from=2030-01-01T00:00:00Z&until=2030-04-01T00:00:00Z").status == 422);
    CHECK(app.other().get("/api/tasks/calendar?from=2030-04-01T00:00:00Z&until=2030-04-15T00:00:00Z")["total"] == "0");
}
