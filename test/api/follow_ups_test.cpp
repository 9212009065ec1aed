#include <doctest/doctest.h>

#include <set>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;
using mail::SendResult;

namespace {

/// An office at ten o'clock in New York, with one client and its five follow-ups.
struct Morning {
    Morning() { app.set_time("2030-03-04T15:00:00Z"); }

    std::string first_task() { return app.get("/api/clients/" + client + "/tasks")["items.0.id"]; }
    Reply task() { return app.get("/api/tasks/" + first_task()); }
    Reply email() { return app.get("/api/emails?limit=1"); }
    void next_day() {
        app.advance(24h + 1min);
        app.run_jobs();
    }

    TestApp app;
    std::string client = app.make_client("kim@example.com", "", true);
};

} // namespace

TEST_CASE("follow-up: an accepted e-mail completes its task and is recorded everywhere") {
    Morning office;
    office.app.model.answer(R"({"subject":"Hello Kim","body":"Hi Kim,\n\nShall we talk?"})");
    office.next_day();
    REQUIRE(office.app.sender.sent.size() == 1);
    auto& sent = office.app.sender.sent[0];
    CHECK(sent.subject == "Hello Kim");
    CHECK(sent.text.find("Shall we talk?") != std::string::npos);
    CHECK(sent.unsubscribe_url.find("/u/") != std::string::npos);
    CHECK(sent.text.find(sent.unsubscribe_url) != std::string::npos);
    auto task = office.task();
    CHECK(task["status"] == "completed");
    CHECK(task["completed_at"] != "null");
    auto email = office.app.get("/api/emails/" + task["email_sent_id"]);
    CHECK(email["status"] == "sent");
    CHECK(email["source"] == "ai");
    CHECK(email["id"] == sent.email_id);
    CHECK(office.app.get("/api/clients/" + office.client)["last_contacted"] != "null");
    CHECK(office.app.patch("/api/tasks/" + task["id"], R"({"status":"pending"})").status == 409);
}

TEST_CASE("follow-up: without AI, or with nonsense from it, a template goes out") {
    for (bool nonsense : {false, true}) {
        CAPTURE(nonsense);
        Morning office;
        if (nonsense)
            office.app.model.answer("{\"subject\":7}");
        else
            office.app.model.fail("time-out", true);
        office.next_day();
        REQUIRE(office.app.sender.sent.size() == 1);
        CHECK(office.app.sender.sent[0].text.find("Hi Kim") != std::string::npos);
        CHECK(office.email()["items.0.source"] == "template");
        CHECK(office.app.store.value("select fallback::text from ai_runs") == "true");
    }
}

TEST_CASE("follow-up: quiet hours hold it until eight in the person's zone") {
    TestApp app;
    app.set_time("2030-03-05T04:00:00Z"); // 23:00 in New York, 20:00 in Los Angeles
    auto east = app.make_client("east@example.com", "", true);
    app.make_client("west@example.com", R"("zone":"America/Los_Angeles")", true);
    app.advance(24h + 1min);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.sender.sent[0].to.value == "west@example.com");
    auto held = app.get("/api/clients/" + east + "/tasks");
    CHECK(held["items.0.held_until"] == "2030-03-06T13:00:00Z");
    CHECK(held["items.0.reason"].find("quiet hours") != std::string::npos);
    app.set_time("2030-03-06T13:01:00Z");
    app.run_jobs();
    CHECK(app.sender.sent.size() == 2);
}

TEST_CASE("follow-up: after downtime the steps arrive a day apart, not all at once") {
    Morning office;
    office.app.set_time("2030-04-05T16:00:00Z");
    office.app.run_jobs();
    CHECK(office.app.sender.sent.size() == 1);
    for (int day = 0; day < 6; ++day) {
        office.app.advance(24h);
        office.app.run_jobs();
    }
    CHECK(office.app.sender.sent.size() == 5);
    std::set<std::string> tasks;
    for (auto& email : office.app.sender.sent) tasks.insert(email.task_id);
    CHECK(tasks.size() == 5);
}

TEST_CASE("follow-up: a person gets no more than the daily cap") {
    TestApp app;
    app.set_time("2030-03-04T15:00:00Z");
    auto id = app.make_client();
    for (int i = 0; i < 5; ++i) {
        app.post(
            "/api/tasks",
            R"({"client_id":")" + id + R"(","followup_type":"Custom","scheduled_for":"2030-03-04T15:10:00Z","priority":"low"})"
        );
    }
    app.advance(1h);
    app.run_jobs();
    CHECK(app.sender.sent.size() == 3);
    app.advance(24h);
    app.run_jobs();
    CHECK(app.sender.sent.size() == 5);
}

TEST_CASE("follow-up: closed, lost, deleted, unsubscribed stop it, each with its reason") {
    struct {
        const char* patch;
        const char* reason;
    } cases[] = {
        {R"({"stage":"closed"})", "the deal is closed"},
        {R"({"stage":"lost"})", "the client is lost"},
        {R"({"email_unsubscribed":true})", "unsubscribed"},
    };
    for (auto& item : cases) {
        CAPTURE(item.patch);
        Morning office;
        CHECK(office.app.patch("/api/clients/" + office.client, item.patch).status == 200);
        CHECK(office.task()["status"] == "skipped");
        CHECK(office.task()["reason"] == item.reason);
        office.next_day();
        CHECK(office.app.sender.attempts.empty());
    }
    Morning office;
    office.app.del("/api/clients/" + office.client);
    office.next_day();
    CHECK(office.app.sender.attempts.empty());
}

TEST_CASE("follow-up: what the provider does not take is tried three times more, then shown to a person, who tries again") {
    Morning office;
    for (int i = 0; i < 4; ++i) office.app.sender.answer({.kind = SendResult::Kind::later, .reason = "503 from the provider"});
    office.next_day();
    for (int i = 0; i < 8; ++i) {
        office.app.advance(30min);
        office.app.run_jobs();
    }
    CHECK(office.app.sender.attempts.size() == 4);
    CHECK(office.app.sender.sent.empty());
    CHECK(office.task()["failed"] == "true");
    CHECK(office.task()["status"] == "pending");
    CHECK(office.task()["reason"].find("503") != std::string::npos);
    CHECK(office.email()["items.0.status"] == "failed");
    CHECK(office.email()["items.0.retry_count"] == "3");
    CHECK(office.app.get("/api/tasks?failed=true")["total"] == "1");

    CHECK(office.app.post("/api/tasks/" + office.first_task() + "/retry").status == 200);
    office.app.advance(1min);
    office.app.run_jobs();
    CHECK(office.app.sender.sent.size() == 1);
    CHECK(office.task()["status"] == "completed");
    CHECK(office.app.post("/api/tasks/" + office.first_task() + "/retry").status == 409);
}

TEST_CASE("follow-up: a refusal for good is not tried again, and holds up nobody else") {
    Morning office;
    office.app.sender.answer({.kind = SendResult::Kind::rejected, .reason = "the address is malformed"});
    office.app.make_client("ok@example.com", "", true);
    office.next_day();
    office.app.advance(1h);
    office.app.run_jobs();
    CHECK(office.app.sender.attempts.size() == 2);
    CHECK(office.app.sender.sent.size() == 1);
    CHECK(office.app.get("/api/tasks?failed=true")["total"] == "1");
}

TEST_CASE("follow-up: in doubt it is never repeated, and shown to a person in the end") {
    Morning office;
    office.app.sender.answer({.kind = SendResult::Kind::ambiguous, .reason = "time-out"});
    office.next_day();
    CHECK(office.task()["status"] == "pending");
    CHECK(office.email()["items.0.error_message"].find("not known yet") != std::string::npos);
    for (int i = 0; i < 4; ++i) {
        office.app.advance(20min);
        office.app.run_jobs();
    }
    CHECK(office.app.sender.attempts.size() == 1);
    CHECK(office.task()["failed"] == "true");
    CHECK(office.email()["items.0.status"] == "failed");
}

TEST_CASE("follow-up: many that are due at once go out together, each with what the provider said of it") {
    Morning office;
    for (int i = 1; i < 40; ++i) office.app.make_client("p" + std::to_string(i) + "@example.com", "", true);
    office.app.sender.answer({.kind = SendResult::Kind::later, .reason = "503 from the provider"});
    office.app.sender.answer({.kind = SendResult::Kind::rejected, .reason = "the address is malformed"});
    office.app.sender.answer({.kind = SendResult::Kind::ambiguous, .reason = "time-out"});
    office.next_day();
    CHECK(office.app.sender.attempts.size() == 40);
    CHECK(office.app.sender.sent.size() == 37);
    auto count = [&](const std::string& of) { return office.app.store.value("select count(*) from " + of); };
    CHECK(count("tasks where status = 'completed' and message_id is not null") == "37");
    CHECK(count("tasks where failed_at is not null and reason = 'the address is malformed'") == "1");
    CHECK(count("messages where dispatch = 'ambiguous'") == "1");
    CHECK(count("messages where dispatch = 'waiting' and retry_count = 1") == "1");
    CHECK(count("events where kind = 'email_sent'") == "37");
    CHECK(count("events where kind = 'task_completed'") == "37");
    CHECK(count("contacts where last_contacted is not null") == "37");
    CHECK(office.app.get("/api/dashboard/stats")["emails_sent_today"] == "37");

    office.app.advance(10min);
    office.app.run_jobs();
    CHECK(office.app.sender.attempts.size() == 41);
    CHECK(office.app.sender.sent.size() == 38);
    std::set<std::string> reached;
    for (auto& sent : office.app.sender.sent) reached.insert(sent.to.value);
    CHECK(reached.size() == 38);
    CHECK(count("app.jobs where kind = 'journeys.follow_up'") == "0");
}

TEST_CASE("follow-up: two clicks of send and the due task make one e-mail") {
    Morning office;
    auto task = office.first_task();
    auto body = R"({"client_id":")" + office.client + R"(","task_id":")" + task + R"(","subject":"S","body":"B"})";
    CHECK(office.app.post("/api/emails/send", body).status == 201);
    CHECK(office.app.post("/api/emails/send", body).status == 409);
    office.next_day();
    CHECK(office.app.sender.sent.size() == 1);
    CHECK(office.task()["status"] == "completed");
    CHECK(office.app.post("/api/emails/send", body).status == 409);
}
