#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

TEST_CASE("a client's follow-ups are made, sent when due, and counted") {
    TestApp app;
    auto id = app.make_client("kim@example.com", "", true);
    CHECK(app.get("/api/tasks?client_id=" + id).size("items") == 5);

    app.run_jobs();
    CHECK(app.sender.sent.empty());
    app.advance(25h);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.sender.sent[0].to.value == "kim@example.com");
    CHECK(app.get("/api/dashboard/stats")["tasks_by_status.completed"] == "1");
    CHECK(app.get("/api/dashboard/stats")["emails_sent_today"] == "1");

    app.run_jobs();
    CHECK(app.sender.sent.size() == 1);
}

TEST_CASE("another account sees nothing of it") {
    TestApp app;
    auto id = app.make_client();
    CHECK(app.get("/api/clients/" + id).status == 200);
    CHECK(app.other().get("/api/clients/" + id).status == 404);
    CHECK(app.stranger().get("/api/clients/" + id).status == 401);
    CHECK(app.other().get("/api/clients")["total"] == "0");
}

TEST_CASE("the same through the real clients and the sandbox") {
    TestApp app(Providers::sandbox);
    app.make_client("kim@example.com", "", true);
    app.advance(25h);
    app.run_jobs();
    auto outbox = app.get("/sandbox/outbox");
    REQUIRE(outbox.size("items") == 1);
    CHECK(outbox["items.0.to"] == "kim@example.com");

    auto message = outbox["items.0.message_id"];
    auto told = app.post("/sandbox/email-events", R"({"message_id":")" + message + R"(","events":["delivered","open"]})");
    CHECK(told.status == 200);
    app.run_jobs();
    CHECK(app.get("/api/emails")["items.0.status"] == "opened");
}

TEST_CASE("what the app itself answers") {
    TestApp app;
    CHECK(app.stranger().get("/health").body == R"({"status":"ok"})");
    CHECK(app.stranger().get("/api/config")["name"] == "Doorstep");
    CHECK(app.stranger().get("/")["docs"] == "/docs");
    auto page = app.stranger().get("/", {{"Accept", "text/html,*/*;q=0.8"}});
    CHECK(page.body.find("/console") != std::string::npos);
    CHECK(app.stranger().get("/openapi.json")["openapi"] == "3.1.0");
    CHECK(app.stranger().get("/metrics").body.find("doorstep_build_info") != std::string::npos);
    CHECK(app.stranger().get("/ready")["schema"] == app.get("/ready")["schema"]);
    CHECK(app.get("/api/jobs?state=dead").size("items") == 0);
}
