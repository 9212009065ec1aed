#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// Monday, ten in the morning.
struct Morning {
    Morning() { app.set_time("2030-03-04T15:00:00Z"); }

    std::string task(const std::string& client, std::string_view when, std::string_view more) {
        auto made = app.post(
            "/api/tasks", R"({"client_id":")" + client + R"(","followup_type":"Custom","scheduled_for":")" + std::string(when) +
                              R"(",)" + std::string(more) + "}"
        );
        REQUIRE(made.status == 201);
        return made["id"];
    }
    void happen(const std::string& client, std::string kind, std::string data = "{}") {
        auto ctx = app.context();
        ctx.actor = {Actor::Kind::provider, {}, "SendGrid"};
        auto body = [&](db::Session& tx) -> Task<> {
            app.modules().events.record(tx, ctx, {.kind = kind, .contact_id = Uuid::parse(client).value(), .data = Json{data}});
            co_return;
        };
        app.run(app.db().transaction(ctx, body));
    }
    std::string old_client(std::string_view email) {
        auto id = app.make_client(email);
        app.advance(48h);
        return id;
    }

    TestApp app;
};

} // namespace

TEST_CASE("today: ranked, and the points of the reasons add up to the rank") {
    Morning morning;
    auto& app = morning.app;
    auto kim = morning.old_client("kim@example.com");
    auto lee = morning.old_client("lee@example.com"); // Friday now
    morning.task(lee, "2030-03-08T16:00:00Z", R"("priority":"low","channel":"note")");
    morning.task(kim, "2030-03-05T16:00:00Z", R"("priority":"high","channel":"call","title":"Ring her")");
    morning.task(kim, "2030-03-20T16:00:00Z", R"("priority":"high","channel":"call")"); // not today
    auto today = app.get("/api/today");
    REQUIRE(today.size("items") == 2);
    CHECK(today["date"] == "2030-03-08");
    CHECK(today["items.0.title"] == "Ring her");
    CHECK(today["items.0.kind"] == "task");
    CHECK(today["items.0.points"] == "54"); // due 30, high 20, waiting two days 4
    CHECK(today["items.1.points"] == "30");
    for (std::size_t i = 0; i < today.size("items"); ++i) {
        auto at = "items." + std::to_string(i);
        std::int64_t sum = 0;
        for (std::size_t r = 0; r < today.size(at + ".reasons"); ++r)
            sum += std::stoll(today[at + ".reasons." + std::to_string(r) + ".points"]);
        CHECK(std::to_string(sum) == today[at + ".points"]);
    }
    CHECK(app.get("/api/today?limit=1").size("items") == 1);
    CHECK(app.get("/api/today?limit=1")["total"] == "2");
    CHECK(app.other().get("/api/today").size("items") == 0);
}

TEST_CASE("today: what a person did lifts what there is to do with them, or proposes to get in touch") {
    Morning morning;
    auto& app = morning.app;
    auto kim = morning.old_client("kim@example.com");
    morning.happen(kim, "email_opened");
    CHECK(app.get("/api/today").size("items") == 0);
    morning.happen(kim, "email_clicked", R"({"machine":true})");
    CHECK(app.get("/api/today").size("items") == 0);
    morning.happen(kim, "email_clicked");
    auto proposal = app.get("/api/today");
    REQUIRE(proposal.size("items") == 1);
    CHECK(proposal["items.0.kind"] == "reach_out");
    CHECK(proposal["items.0.points"] == "24"); // unanswered 10, clicked 10, opened 4

    morning.task(kim, "2030-03-06T16:00:00Z", R"("priority":"low","channel":"call")");
    auto lifted = app.get("/api/today");
    REQUIRE(lifted.size("items") == 1);
    CHECK(lifted["items.0.kind"] == "task");
    CHECK(lifted["items.0.points"] == "44");
}

TEST_CASE("today: answered, skipped or too long ago, it is no longer proposed; what comes after is") {
    Morning morning;
    auto& app = morning.app;
    auto kim = morning.old_client("kim@example.com");
    auto body = [&](std::string_view more) { return R"({"client_id":")" + kim + "\"" + std::string(more) + "}"; };
    morning.happen(kim, "email_replied");
    REQUIRE(app.get("/api/today").size("items") == 1);
    auto called = app.post("/api/today/touches", body(R"(,"channel":"call","notes":"Wants a viewing")"));
    CHECK(called["status"] == "completed");
    CHECK(app.get("/api/clients/" + kim)["last_contacted"] != "null");
    CHECK(app.get("/api/today").size("items") == 0);
    CHECK(app.get("/api/today")["done"] == "1");

    app.advance(1min);
    morning.happen(kim, "email_clicked");
    REQUIRE(app.get("/api/today").size("items") == 1);
    CHECK(app.post("/api/today/skips", body(R"(,"reason":"on holiday")")).status == 200);
    CHECK(app.get("/api/today").size("items") == 0);
    CHECK(app.del("/api/today/skips/" + kim).status == 200);
    CHECK(app.del("/api/today/skips/" + kim).status == 404);
    CHECK(app.get("/api/today").size("items") == 1);
    app.advance(73h);
    CHECK(app.get("/api/today").size("items") == 0);
    CHECK(app.other().post("/api/today/skips", body("")).status == 404);
    CHECK(app.other().post("/api/today/touches", body(R"(,"channel":"call")")).status == 404);
}

TEST_CASE("today: new people, drafts, failures and suggested moves are among it") {
    Morning morning;
    auto& app = morning.app;
    auto kim = app.make_client("kim@example.com");
    CHECK(app.get("/api/today")["items.0.reasons.0.code"] == "new");

    morning.task(kim, "2030-03-04T15:30:00Z", R"("priority":"low","mode":"approve")");
    app.sender.answer({.kind = messages::SendResult::Kind::rejected, .reason = "the address is malformed"});
    auto lee = app.make_client("lee@example.com");
    morning.task(lee, "2030-03-04T15:30:00Z", R"("priority":"low")");
    app.post("/api/stage-rules", R"({"name":"Answers","trigger":"replied","from_stages":["lead"],"to_stage":"negotiating"})");
    auto ann = app.make_client("ann@example.com");
    morning.happen(ann, "email_replied");
    app.advance(31min);
    app.run_jobs();
    app.advance(1min);
    app.run_jobs();
    auto today = app.get("/api/today");
    REQUIRE(today.size("items") == 3);
    CHECK(today["items.0.kind"] == "suggestion");
    CHECK(today["items.0.to_stage"] == "negotiating");
    CHECK(today["items.1.kind"] == "failed");
    CHECK(today["items.2.kind"] == "approve");
    app.del("/api/clients/" + ann);
    CHECK(app.get("/api/today").size("items") == 2);
}
