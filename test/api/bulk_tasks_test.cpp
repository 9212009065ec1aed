#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

TEST_CASE("tasks in bulk: each its own change, what fails is told and hinders no others, and all can be taken back") {
    TestApp app;
    auto client = app.make_client("kim@example.com", "", true);
    auto before = app.get("/api/clients/" + client + "/tasks");
    auto id = [&](int i) { return before["items." + std::to_string(i) + ".id"]; };
    auto foreign = app.other().post(
        "/api/clients",
        R"({"name":"Kay","email":"c@example.com","property_address":"1 Main St","property_type":"land","stage":"lead"})"
    );
    REQUIRE(foreign.status == 201);
    auto theirs = app.other().get("/api/clients/" + foreign["id"] + "/tasks")["items.0.id"];
    auto result = app.patch(
        "/api/tasks/bulk", R"({"items":[{"id":")" + id(0) + R"(","status":"completed"},{"id":")" + id(1) +
                               R"(","status":"skipped","reason":"no need"},{"id":")" + id(2) +
                               R"(","scheduled_for":"2031-01-01T08:00:00Z"},{"id":")" + theirs +
                               R"(","status":"skipped"},{"id":"nonsense","status":"skipped"}]})"
    );
    REQUIRE(result.status == 200);
    CHECK(result["updated_count"] == "3");
    CHECK(result["total_requested"] == "5");
    CHECK(result["failed_ids.0"] == theirs);
    CHECK(result["failures.1.id"] == "nonsense");
    CHECK(app.get("/api/tasks/" + id(0))["status"] == "completed");
    CHECK(app.get("/api/tasks/" + id(1))["reason"] == "no need");
    CHECK(app.get("/api/tasks/" + id(2))["scheduled_for"] == "2031-01-01T08:00:00Z");
    CHECK(app.other().get("/api/tasks/" + theirs)["status"] == "pending");

    app.patch(
        "/api/tasks/bulk", R"({"items":[{"id":")" + id(0) + R"(","status":"pending"},{"id":")" + id(1) +
                               R"(","status":"pending"},{"id":")" + id(2) + R"(","scheduled_for":")" +
                               before["items.2.scheduled_for"] + R"("}]})"
    );
    auto after = app.get("/api/clients/" + client + "/tasks");
    for (int i = 0; i < 5; ++i) {
        auto at = "items." + std::to_string(i);
        CHECK(after[at + ".id"] == id(i));
        CHECK(after[at + ".status"] == "pending");
        CHECK(after[at + ".scheduled_for"] == before[at + ".scheduled_for"]);
    }
    CHECK(app.patch("/api/tasks/bulk", R"({"items":[]})").status == 422);
    CHECK(app.patch("/api/tasks/bulk", R"({"items":[{"id":"a"},{"id":"a"}]})").status == 422);
}

TEST_CASE("tasks: a call that was made is contact; a reminder is not") {
    TestApp app;
    app.set_time("2030-03-04T15:00:00Z");
    for (auto [channel, contacted] : {std::pair{"note", false}, std::pair{"call", true}}) {
        auto client = app.make_client(std::string(channel) + "@example.com");
        auto task = app.post(
            "/api/tasks",
            R"({"client_id":")" + client +
                R"(","followup_type":"Custom","scheduled_for":"2030-03-04T16:00:00Z","priority":"low","channel":")" + channel +
                R"("})"
        );
        app.patch("/api/tasks/" + task["id"], R"({"status":"completed"})");
        CHECK((app.get("/api/clients/" + client)["last_contacted"] != "null") == contacted);
    }
}

TEST_CASE("tasks: between two moments, for a calendar") {
    TestApp app;
    app.set_time("2030-03-04T15:00:00Z");
    auto client = app.make_client("kim@example.com", "", true);
    auto week = app.get("/api/tasks?due_from=2030-03-06T00:00:00Z&due_before=2030-03-12T00:00:00Z&limit=100");
    REQUIRE(week.size("items") == 2);
    CHECK(week["total"] == "2");
    CHECK(week["items.0.followup_type"] == "Day 3");
}
