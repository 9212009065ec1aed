#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

std::string about(const std::string& client, const std::string& more) {
    return R"({"client_id":")" + client + "\"," + more + "}";
}

} // namespace

TEST_CASE("compose: a draft shows its facts and what is not in them") {
    TestApp app;
    auto client = app.make_client("kim@example.com", R"("notes":"asks 450000","custom_fields":{"Beds":3})");
    app.model.answer(
        R"({"subject":"Your home","body":"Hi Kim,\n\nI would ask $450,000 for the 3 bedrooms. Homes nearby went for $512k, 12% more, after an open house in this safe neighborhood.\n\nCall me at 10:30?"})"
    );
    auto preview = app.post("/api/emails/preview", about(client, R"("agent_instructions":"Mention the open house")"));
    CHECK(preview["facts.0.name"] == "client_name");
    CHECK(preview["facts.0.value"] == "Kim Doe");
    CHECK(preview.size("warnings") == 3);
    CHECK(preview["warnings.0.concern"] == "fair_housing");
    CHECK(preview["warnings.0.excerpt"] == "safe neighborhood");
    CHECK(preview["warnings.1.excerpt"] == "$512k");
    CHECK(preview["warnings.2.excerpt"] == "12");
    auto checked =
        app.post("/api/emails/check", about(client, R"("subject":"S","body":"It is a bachelor pad.","agent_instructions":"")"));
    CHECK(checked["warnings.0.excerpt"] == "bachelor pad");
    CHECK(checked["html_body"].find("<p>It is a bachelor pad.</p>") != std::string::npos);
    CHECK(checked["text_body"].find("It is a bachelor pad.") == 0);
    CHECK(app.other().post("/api/emails/check", about(client, R"("subject":"S","body":"B")")).status == 404);
}

TEST_CASE("compose: what nobody reads before it goes is written from the record alone") {
    TestApp app;
    app.make_client("kim@example.com", "", true);
    app.model.answer(R"({"subject":"Your home","body":"Hi Kim,\n\nHomes near you just sold for $512,000."})");
    app.advance(24h + 1min);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.sender.sent[0].text.find("512") == std::string::npos);
    CHECK(app.get("/api/emails")["items.0.source"] == "template");
}

TEST_CASE("compose: within its window an e-mail can be taken back, and then counts nowhere") {
    TestApp app;
    auto client = app.make_client();
    auto sent = app.post("/api/emails/send", about(client, R"("subject":"S","body":"B","undo_seconds":15)"));
    CHECK(sent.status == 201);
    CHECK(sent["status"] == "queued");
    auto window = *parse_rfc3339(sent["undo_until"]) - *parse_rfc3339(sent["created_at"]);
    CHECK((window > 14s && window < 20s));
    app.run_jobs();
    CHECK(app.sender.sent.empty());
    auto path = "/api/emails/" + sent["id"];
    CHECK(app.other().post(path + "/cancel").status == 404);
    auto back = app.post(path + "/cancel");
    CHECK(back.status == 200);
    CHECK(back["subject"] == "S");
    app.advance(1min);
    app.run_jobs();
    CHECK(app.sender.sent.empty());
    CHECK(app.get(path).status == 404);
    CHECK(app.get("/api/dashboard/stats")["emails_by_status.queued"] == "0");
    CHECK(app.get("/api/dashboard/recent-activity")["items.0.type"] == "email_cancelled");

    auto other = app.post("/api/emails/send", about(client, R"("subject":"S","body":"B","undo_seconds":15)"));
    app.advance(16s);
    app.run_jobs();
    CHECK(app.sender.sent.size() == 1);
    auto late = app.post("/api/emails/" + other["id"] + "/cancel");
    CHECK(late.status == 409);
    CHECK(late["code"] == "already_sent");
    CHECK(app.post("/api/emails/send", about(client, R"("undo_seconds":301)")).status == 422);
}

TEST_CASE("compose: a follow-up that falls due does not cut the window short, and taking back frees the task") {
    TestApp app;
    auto client = app.make_client("kim@example.com", "", true);
    auto task = app.get("/api/clients/" + client + "/tasks")["items.0.id"];
    app.advance(24h - 5s);
    auto mail = about(client, R"("task_id":")" + task + R"(","subject":"S","body":"B","undo_seconds":15)");
    auto sent = app.post("/api/emails/send", mail);
    CHECK(app.post("/api/emails/send", mail).status == 409);
    app.advance(8s);
    app.run_jobs();
    CHECK(app.sender.sent.empty());
    CHECK(app.post("/api/emails/" + sent["id"] + "/cancel").status == 200);
    CHECK(app.post("/api/emails/send", mail).status == 201);
    app.advance(16s);
    app.run_jobs();
    CHECK(app.sender.sent.size() == 1);
    CHECK(app.get("/api/tasks/" + task)["status"] == "completed");
}

TEST_CASE("compose: failed e-mails are sent again, one, many, or by writing anew about the task") {
    TestApp app;
    using Kind = messages::SendResult::Kind;
    auto client = app.make_client("kim@example.com", "", true);
    auto task = app.get("/api/clients/" + client + "/tasks")["items.0.id"];
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i) {
        app.sender.answer({.kind = Kind::rejected, .reason = "refused"});
        auto more = i == 0 ? R"("task_id":")" + task + "\"," : std::string();
        ids.push_back(app.post("/api/emails/send", about(client, more + R"("subject":"S","body":"B")"))["id"]);
        app.run_jobs();
    }
    CHECK(app.get("/api/emails?status=failed")["total"] == "3");
    auto again = app.post("/api/emails/send", about(client, R"("task_id":")" + task + R"(","subject":"Anew","body":"B")"));
    CHECK(again.status == 201);
    app.run_jobs();
    CHECK(app.get("/api/tasks/" + task)["email_sent_id"] == again["id"]);
    CHECK(app.post("/api/emails/" + ids[0] + "/retry").status == 409);
    auto many =
        app.post("/api/emails/retry", R"({"ids":[")" + ids[0] + R"(",")" + ids[1] + R"(",")" + ids[2] + R"(","nonsense"]})");
    CHECK(many["updated_count"] == "2");
    CHECK(many.size("failed_ids") == 2);
    CHECK(many["total_requested"] == "4");
    app.run_jobs();
    CHECK(app.sender.sent.size() == 3);
    CHECK(app.get("/api/emails?status=failed")["total"] == "1");
    CHECK(app.other().post("/api/emails/retry", R"({"ids":[")" + ids[0] + R"("]})")["updated_count"] == "0");
}

TEST_CASE("compose: a drop for a bounced address stops what would follow") {
    TestApp app(Providers::sandbox);
    app.set_time("2030-03-04T15:00:00Z");
    auto client = app.make_client("kim@example.com", "", true);
    app.advance(24h + 1min);
    app.run_jobs();
    auto id = app.get("/sandbox/outbox")["items.0.message_id"];
    app.post("/sandbox/email-events", R"({"message_id":")" + id + R"(","events":["deferred","dropped"]})");
    app.run_jobs();
    auto email = app.get("/api/emails")["items.0.status"];
    CHECK(email == "dropped");
    CHECK(app.get("/api/tasks?status=pending")["total"] == "0");
    CHECK(app.post("/api/emails/send", about(client, R"("subject":"S","body":"B")"))["code"] == "suppressed");
}
