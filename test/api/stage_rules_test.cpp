#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// Monday morning; Kim is a lead.
struct Pipeline {
    Reply add_rule(std::string_view trigger, int threshold, std::string_view action, std::string_view to = "negotiating") {
        return app.post(
            "/api/stage-rules", R"({"name":"Rule","trigger":")" + std::string(trigger) + R"(","threshold":)" +
                                    std::to_string(threshold) + R"(,"from_stages":["lead"],"to_stage":")" + std::string(to) +
                                    R"(","action":")" + std::string(action) + R"("})"
        );
    }
    /// Kim does a task's worth of work, or is said to.
    void happen(std::string kind, std::string data = "{}") {
        auto ctx = app.context();
        auto body = [&](db::Session& tx) -> Task<> {
            app.modules().events.record(tx, ctx, {.kind = kind, .contact_id = Uuid::parse(client).value(), .data = Json{data}});
            co_return;
        };
        app.run(app.db().transaction(ctx, body));
    }
    void pass(std::chrono::seconds time = 2min) {
        app.advance(time);
        app.run_jobs();
    }
    std::string stage() { return app.get("/api/clients/" + client)["stage"]; }
    Reply suggestions() { return app.get("/api/stage-suggestions"); }
    Reply decide(const std::string& verb) {
        return app.post("/api/stage-suggestions/" + suggestions()["items.0.id"] + "/" + verb);
    }

    TestApp app;
    std::string client = app.make_client();
};

} // namespace

TEST_CASE("stage rules: a suggestion says why, and moves the person when it is accepted") {
    Pipeline p;
    REQUIRE(p.add_rule("clicked", 2, "suggest").status == 201);
    p.happen("email_clicked");
    p.happen("email_clicked", R"({"machine":true})");
    p.pass();
    CHECK(p.suggestions()["total"] == "0");
    p.happen("email_clicked");
    p.pass();
    auto list = p.suggestions();
    REQUIRE(list.size("items") == 1);
    CHECK(list["items.0.status"] == "open");
    CHECK(list["items.0.trigger"] == "clicked");
    CHECK(list["items.0.count"] == "2");
    CHECK(list["items.0.rule_name"] == "Rule");
    CHECK(p.stage() == "lead");
    p.pass();
    CHECK(p.suggestions()["total"] == "1");

    CHECK(p.app.other().get("/api/stage-suggestions")["total"] == "0");
    CHECK(p.app.other().post("/api/stage-suggestions/" + list["items.0.id"] + "/accept").status == 404);
    CHECK(p.decide("accept")["status"] == "accepted");
    CHECK(p.stage() == "negotiating");
    CHECK(p.decide("accept")["code"] == "decided");
    CHECK(p.decide("undo")["status"] == "undone");
    CHECK(p.stage() == "lead");
    CHECK(p.decide("undo").status == 409);
    // What was counted once is not counted again.
    p.pass();
    CHECK(p.suggestions()["total"] == "1");
}

TEST_CASE("stage rules: one that acts moves the person by itself, tells so, and can be taken back") {
    Pipeline p;
    p.add_rule("replied", 1, "move");
    p.happen("email_replied");
    p.pass();
    CHECK(p.stage() == "negotiating");
    CHECK(p.suggestions()["items.0.status"] == "done");
    auto timeline = p.app.get("/api/contacts/" + p.client + "/timeline");
    CHECK(timeline.body.find("stage_moved_by_rule") != std::string::npos);
    CHECK(p.decide("undo")["status"] == "undone");
    CHECK(p.stage() == "lead");
    p.pass();
    CHECK(p.stage() == "lead");
    p.happen("email_replied");
    p.pass();
    CHECK(p.stage() == "negotiating");
}

TEST_CASE("stage rules: dismissed, only what comes after counts; moved by hand, the suggestion is withdrawn") {
    Pipeline p;
    p.add_rule("opened", 1, "suggest");
    p.happen("email_opened");
    p.pass();
    CHECK(p.decide("dismiss")["status"] == "dismissed");
    p.pass();
    CHECK(p.suggestions()["total"] == "1");
    p.happen("email_opened");
    p.pass();
    CHECK(p.suggestions()["total"] == "2");
    p.app.patch("/api/clients/" + p.client, R"({"stage":"under_contract"})");
    CHECK(p.app.get("/api/stage-suggestions?status=open")["total"] == "0");
    p.happen("email_opened");
    p.pass();
    CHECK(p.suggestions()["items.0.status"] == "outdated");
}

TEST_CASE("stage rules: silence is counted in days without contact") {
    Pipeline p;
    p.add_rule("silent", 30, "suggest", "lost");
    p.pass(24h * 29);
    CHECK(p.suggestions()["total"] == "0");
    p.pass(24h * 2);
    auto list = p.suggestions();
    REQUIRE(list.size("items") == 1);
    CHECK(list["items.0.to_stage"] == "lost");
    CHECK(list["items.0.count"] == "31");
    p.decide("dismiss");
    p.pass(24h * 29);
    CHECK(p.suggestions()["total"] == "1");
    p.pass(24h * 2);
    CHECK(p.suggestions()["total"] == "2");
}

TEST_CASE("stage rules: a task that is done counts; rules are edited, switched off, deleted and brought back") {
    Pipeline p;
    auto rule = p.add_rule("task_completed", 1, "suggest");
    auto path = "/api/stage-rules/" + rule["id"];
    p.app.patch(path, R"({"active":false})");
    auto task = p.app.post(
        "/api/tasks",
        R"({"client_id":")" + p.client +
            R"(","followup_type":"Custom","scheduled_for":"2030-03-04T16:00:00Z","priority":"high","channel":"call"})"
    );
    p.app.patch("/api/tasks/" + task["id"], R"({"status":"completed"})");
    p.pass();
    CHECK(p.suggestions()["total"] == "0");
    p.app.patch(path, R"({"active":true,"name":"Called"})");
    p.app.patch("/api/tasks/" + task["id"], R"({"status":"pending"})");
    p.app.patch("/api/tasks/" + task["id"], R"({"status":"completed"})");
    p.pass();
    CHECK(p.suggestions()["items.0.rule_name"] == "Called");
    CHECK(p.app.del(path)["success"] == "true");
    CHECK(p.app.get("/api/stage-suggestions?status=open")["total"] == "0");
    CHECK(p.app.get("/api/stage-rules").size("items") == 0);
    CHECK(p.app.post(path + "/restore")["name"] == "Called");
    CHECK(p.app.other().get(path).status == 404);
    CHECK(p.app.other().patch(path, R"({"active":false})").status == 404);
    CHECK(p.app.other().del(path).status == 404);
}

TEST_CASE("stage rules: bad ones are refused with every field") {
    Pipeline p;
    CHECK(
        p.app.post("/api/stage-rules", R"({"name":"","trigger":"x","threshold":0,"from_stages":[],"to_stage":"y"})")
            .size("errors") == 4
    );
    CHECK(p.add_rule("replied", 1, "move", "lead").status == 422);
    auto rule = p.add_rule("replied", 1, "move");
    CHECK(p.app.patch("/api/stage-rules/" + rule["id"], R"({"from_stages":[]})").status == 422);
    CHECK(p.app.patch("/api/stage-rules/" + rule["id"], R"({"from_stages":["negotiating"]})").status == 422);
}
