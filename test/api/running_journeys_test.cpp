#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// Ten o'clock in New York; Kim lives in Los Angeles and has the five follow-ups.
struct Office {
    Office() { app.set_time("2030-03-04T15:00:00Z"); }

    Reply journey() { return app.get("/api/clients/" + client + "/journeys"); }
    Reply tasks() { return app.get("/api/clients/" + client + "/tasks"); }
    Reply act(const std::string& verb, const std::string& body = "") {
        return app.post("/api/journeys/" + journey()["items.0.id"] + "/" + verb, body);
    }
    /// Long enough to be signed out, were nobody there.
    void pass_weeks(int weeks) {
        for (int i = 0; i < weeks; ++i) {
            pass(24h * 7);
            app.get("/api/tasks");
        }
        pass(12h); // what the night held back goes by day
    }
    void pass(std::chrono::seconds time) {
        app.advance(time);
        app.run_jobs();
    }

    TestApp app;
    std::string client = app.make_client("kim@example.com", R"("zone":"America/Los_Angeles")", true);
};

} // namespace

TEST_CASE("journeys: where a person stands, and when the next step goes by her clock") {
    Office office;
    auto list = office.journey();
    REQUIRE(list.size("items") == 1);
    CHECK(list["items.0.name"] == "New client");
    CHECK(list["items.0.steps"] == "5");
    CHECK(list["items.0.zone"] == "America/Los_Angeles");
    CHECK(list["items.0.next.name"] == "Day 1");
    // Seven o'clock in Los Angeles is too early: it goes at eight.
    CHECK(list["items.0.next.scheduled_for"] == office.tasks()["items.0.scheduled_for"]);
    CHECK(list["items.0.next.goes_at"] == "2030-03-05T16:00:00Z");
    office.pass(24h + 61min);
    CHECK(office.app.sender.sent.size() == 1);
    CHECK(office.journey()["items.0.steps_done"] == "1");
    CHECK(office.journey()["items.0.next.name"] == "Day 3");
    CHECK(office.app.get("/api/journeys")["total"] == "1");
    CHECK(office.app.get("/api/journeys?status=paused")["total"] == "0");
    CHECK(office.app.other().get("/api/journeys")["total"] == "0");
    CHECK(office.app.other().get("/api/journeys/" + list["items.0.id"]).status == 404);
    CHECK(office.app.other().post("/api/journeys/" + list["items.0.id"] + "/pause").status == 404);
}

TEST_CASE("journeys: nothing goes during a pause, and everything to come moves by its length") {
    Office office;
    auto before = parse_rfc3339(office.tasks()["items.0.scheduled_for"]).value();
    CHECK(office.act("pause")["status"] == "paused");
    CHECK(office.act("pause").status == 409);
    CHECK(office.tasks()["items.0.paused"] == "true");
    office.pass(24h * 10);
    CHECK(office.app.sender.attempts.empty());
    auto on = office.act("resume");
    CHECK(on["status"] == "in_progress");
    CHECK(office.act("resume").status == 409);
    auto after = parse_rfc3339(office.tasks()["items.0.scheduled_for"]).value();
    CHECK(after - before >= 24h * 10);
    CHECK(after - before < 24h * 10 + 1min);
    office.pass(25h + 1min);
    CHECK(office.app.sender.sent.size() == 1);
}

TEST_CASE("journeys: stopped by hand, with the reason on each step, and taken back") {
    Office office;
    CHECK(office.act("stop", R"({"reason":"they asked me to"})")["end_reason"] == "they asked me to");
    CHECK(office.act("stop", "{}").status == 409);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(office.tasks()["items." + std::to_string(i) + ".status"] == "skipped");
        CHECK(office.tasks()["items." + std::to_string(i) + ".reason"] == "they asked me to");
    }
    office.pass(48h);
    CHECK(office.app.sender.attempts.empty());
    CHECK(office.act("resume")["status"] == "in_progress");
    // What was to go meanwhile is past and stays skipped.
    CHECK(office.tasks()["items.0.status"] == "skipped");
    CHECK(office.tasks()["items.1.status"] == "pending");
    office.pass_weeks(6);
    office.act("stop", "{}");
    office.pass(24h);
    CHECK(office.act("resume").status == 409);
}

TEST_CASE("journeys: send now goes whatever the hour; a skipped step is passed over; the last one ends it") {
    Office office;
    office.app.set_time("2030-03-05T08:30:00Z"); // half past midnight in Los Angeles
    auto first = office.tasks()["items.0.id"];
    CHECK(office.app.post("/api/tasks/" + first + "/send-now").status == 200);
    office.app.run_jobs();
    REQUIRE(office.app.sender.sent.size() == 1);
    CHECK(office.tasks()["items.0.status"] == "completed");
    CHECK(office.app.post("/api/tasks/" + first + "/send-now").status == 409);
    for (std::size_t i = 1; i < 5; ++i) {
        auto id = office.tasks()["items." + std::to_string(i) + ".id"];
        CHECK(office.app.patch("/api/tasks/" + id, R"({"status":"skipped","reason":"not needed"})")["reason"] == "not needed");
    }
    CHECK(office.journey()["items.0.status"] == "completed");
    auto last = office.tasks()["items.4.id"];
    office.app.patch("/api/tasks/" + last, R"({"status":"pending"})");
    CHECK(office.journey()["items.0.status"] == "in_progress");
    office.pass_weeks(6);
    CHECK(office.app.sender.sent.size() == 2);
    CHECK(office.journey()["items.0.status"] == "completed");
}

TEST_CASE("journeys: send now is refused where nothing may be sent") {
    Office office;
    auto first = office.tasks()["items.0.id"];
    CHECK(office.app.other().post("/api/tasks/" + first + "/send-now").status == 404);
    office.app.patch("/api/clients/" + office.client, R"({"email_unsubscribed":true})");
    CHECK(office.app.post("/api/tasks/" + first + "/send-now").status == 409);
}

TEST_CASE("journeys: another plan by hand ends the one under way, once each") {
    Office office;
    office.pass(1h);
    auto made = office.app.post(
        "/api/journey-templates", R"({"name":"Viewing","steps":[{"name":"Ask how it was","offset_minutes":120}]})"
    );
    auto path = "/api/clients/" + office.client + "/journeys";
    auto body = R"({"template_id":")" + made["id"] + R"("})";
    auto started = office.app.post(path, body);
    REQUIRE(started.status == 201);
    CHECK(started["next.name"] == "Ask how it was");
    CHECK(office.app.get(path)["items.1.status"] == "stopped");
    CHECK(office.app.post(path, R"({"replace":false,"template_id":")" + made["id"] + R"("})")["code"] == "already_running");
    CHECK(office.app.other().post(path, body).status == 404);
    office.pass(3h);
    CHECK(office.app.sender.sent.size() == 1);
    CHECK(office.app.get(path)["items.0.status"] == "completed");
    CHECK(office.app.post(path, R"({"template_id":"0190a000-0000-7000-8000-000000000001"})").status == 404);
}

TEST_CASE("journeys: back from closed or lost, what still lies ahead goes on") {
    Office office;
    office.app.patch("/api/clients/" + office.client, R"({"stage":"lost"})");
    CHECK(office.tasks()["items.0.reason"] == "the client is lost");
    CHECK(office.journey()["items.0.status"] == "stopped");
    office.app.patch("/api/clients/" + office.client, R"({"stage":"lead"})");
    CHECK(office.tasks()["items.0.status"] == "pending");
    CHECK(office.journey()["items.0.status"] == "in_progress");
}
