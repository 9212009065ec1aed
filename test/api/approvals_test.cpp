#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// A client with one e-mail that needs a yes, due in an hour; it is ten in New York.
struct Desk {
    Desk() {
        app.set_time("2030-03-04T15:00:00Z");
        client = app.make_client();
        task = app.post(
            "/api/tasks",
            R"({"client_id":")" + client +
                R"(","followup_type":"Week 1","scheduled_for":"2030-03-04T16:00:00Z","priority":"high","mode":"approve"})"
        )["id"];
    }
    void fall_due() {
        app.advance(61min);
        app.run_jobs();
    }
    std::string draft(std::string_view verb = "") { return "/api/approvals/" + task + std::string(verb); }

    TestApp app;
    std::string client;
    std::string task;
};

} // namespace

TEST_CASE("approvals: a draft is made when its time has come, once, and nothing is sent") {
    Desk desk;
    CHECK(desk.app.get(desk.draft()).status == 404);
    desk.app.model.answer(R"({"subject":"Market news","body":"Hi Kim,\n\nPrices rose."})");
    desk.fall_due();
    auto list = desk.app.get("/api/approvals");
    REQUIRE(list.size("items") == 1);
    CHECK(list["total"] == "1");
    CHECK(list["items.0.subject"] == "Market news");
    CHECK(list["items.0.source"] == "ai");
    CHECK(list["items.0.name"] == "Week 1");
    CHECK(desk.app.sender.attempts.empty());
    CHECK(desk.app.get("/api/tasks/" + desk.task)["drafted"] == "true");
    desk.app.advance(24h);
    desk.app.run_jobs();
    CHECK(desk.app.model.prompts.size() == 1);
    CHECK(desk.app.other().get("/api/approvals")["total"] == "0");
    CHECK(desk.app.other().get(desk.draft()).status == 404);
    CHECK(desk.app.other().post(desk.draft("/approve")).status == 404);
    CHECK(desk.app.other().post(desk.draft("/reject"), "{}").status == 404);
}

TEST_CASE("approvals: edited and approved, it goes out as it stands") {
    Desk desk;
    desk.fall_due();
    auto etag = std::string(desk.app.get(desk.draft()).headers.find("ETag").value_or(""));
    CHECK(desk.app.patch(desk.draft(), R"({"subject":""})").status == 422);
    CHECK(desk.app.patch(desk.draft(), R"({"subject":"Mine","body":"Dear Kim"})", {{"If-Match", etag}})["source"] == "person");
    CHECK(desk.app.patch(desk.draft(), R"({"subject":"Other"})", {{"If-Match", etag}}).status == 412);
    CHECK(desk.app.post(desk.draft("/approve"))["mode"] == "automatic");
    CHECK(desk.app.post(desk.draft("/approve")).status == 404);
    desk.app.run_jobs();
    REQUIRE(desk.app.sender.sent.size() == 1);
    CHECK(desk.app.sender.sent[0].subject == "Mine");
    CHECK(desk.app.sender.sent[0].text.find("Dear Kim") == 0);
    CHECK(desk.app.get("/api/tasks/" + desk.task)["status"] == "completed");
    CHECK(desk.app.get("/api/approvals")["total"] == "0");
}

TEST_CASE("approvals: a yes at night waits for the person's morning") {
    Desk desk;
    desk.fall_due();
    desk.app.set_time("2030-03-05T04:00:00Z"); // 23:00 in New York
    desk.app.post(desk.draft("/approve"));
    desk.app.run_jobs();
    CHECK(desk.app.sender.attempts.empty());
    CHECK(desk.app.get("/api/tasks/" + desk.task)["held_until"] == "2030-03-05T13:00:00Z");
    // Taken back meanwhile, the draft waits again as it was.
    desk.app.patch("/api/tasks/" + desk.task, R"({"mode":"approve"})");
    desk.app.set_time("2030-03-05T14:00:00Z");
    desk.app.run_jobs();
    CHECK(desk.app.sender.attempts.empty());
    CHECK(desk.app.get("/api/approvals")["total"] == "1");
    desk.app.post(desk.draft("/approve"));
    desk.app.run_jobs();
    CHECK(desk.app.sender.sent.size() == 1);
}

TEST_CASE("approvals: written again with instructions, or rejected with a reason") {
    Desk desk;
    desk.fall_due();
    desk.app.model.answer(R"({"subject":"Shorter","body":"Hi."})");
    CHECK(desk.app.post(desk.draft("/rewrite"), R"({"agent_instructions":"be brief"})")["subject"] == "Shorter");
    CHECK(desk.app.model.prompts.back().user.find("be brief") != std::string::npos);
    auto rejected = desk.app.post(desk.draft("/reject"), R"({"reason":"I called her"})");
    CHECK(rejected["status"] == "skipped");
    CHECK(rejected["reason"] == "rejected: I called her");
    desk.app.advance(24h);
    desk.app.run_jobs();
    CHECK(desk.app.sender.attempts.empty());
    desk.app.patch("/api/tasks/" + desk.task, R"({"status":"pending"})");
    CHECK(desk.app.get("/api/approvals")["total"] == "1");
}

TEST_CASE("approvals: a draft goes with what stops follow-up") {
    Desk desk;
    desk.fall_due();
    desk.app.patch("/api/clients/" + desk.client, R"({"stage":"lost"})");
    CHECK(desk.app.get("/api/approvals")["total"] == "0");
    CHECK(desk.app.post(desk.draft("/approve")).status == 404);

    Desk other;
    other.app.patch("/api/clients/" + other.client, R"({"email_unsubscribed":true})");
    other.fall_due();
    CHECK(other.app.get("/api/approvals")["total"] == "0");
    CHECK(other.app.get("/api/tasks/" + other.task)["reason"] == "unsubscribed");
}
