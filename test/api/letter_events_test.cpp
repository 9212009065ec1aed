// Letters through the sandbox's Mailgun and back by its signed webhook.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "sandbox/mailgun_events.hpp"
#include "test/support/contract.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// One letter handed over to the sandbox's Mailgun.
struct Posted {
    Posted() {
        auto asked = app.post("/api/hub/email/test", R"({"to":"me@example.com","email_type":"team_invitation"})");
        REQUIRE(asked.status == 202);
        id = asked["id"];
        app.run_jobs();
        message_id = app.get("/sandbox/outbox?to=me@example.com")["items.0.message_id"];
    }

    Reply tell(const std::string& events) {
        auto told = app.post(
            "/sandbox/email-events",
            R"({"message_id":")" + message_id + R"(","events":[)" + events + R"(],"url":"https://example.com/x"})"
        );
        app.run_jobs();
        return told;
    }
    Reply log() { return app.get("/api/hub/email-logs/" + id); }
    std::string signing_key() { return app.store.value("select private_key from sandbox.keys where name = 'mailgun'"); }
    std::string event(std::string_view name) {
        sandbox::mailgun::EventSubject about{
            "me@example.com", "no-reply@mg.doorstep.test", "Hello", message_id, R"({"email_id":")" + id + R"("})"
        };
        return sandbox::mailgun::event_data(about, name, std::nullopt, app.now());
    }
    Reply webhook(const std::string& body) { return app.stranger().post("/api/webhooks/mailgun", body); }

    TestApp app{Providers::sandbox};
    std::string id;
    std::string message_id;
};

} // namespace

TEST_CASE("letters at Mailgun: sent as the person would get them, and logged under Mailgun's id") {
    Posted letter;
    auto outbox = letter.app.get("/sandbox/outbox?to=me@example.com");
    CHECK(outbox["items.0.provider"] == "mailgun");
    CHECK(outbox["items.0.channel"] == "email");
    CHECK(outbox["items.0.subject"] == "Ana Ruiz invites you to Ada Homes");
    CHECK(outbox["items.0.text"].find("https://example.com/the-link") != std::string::npos);
    CHECK(outbox["items.0.html"].find("https://example.com/the-link") != std::string::npos);
    auto log = letter.log();
    CHECK(log["status"] == "sent");
    CHECK(log["provider"] == "mailgun");
    CHECK(log["mailgun_id"] == letter.message_id);
    CHECK(log["mailgun_id"].find('<') == std::string::npos);
}

TEST_CASE("letters at Mailgun: events in any order end in the same state, opens and clicks are counted") {
    std::vector<std::string> events{R"("delivered")", R"("open")",           R"("open")",
                                    R"("click")",     R"("temporary_fail")", R"("accepted")"};
    std::mt19937 random(11);
    for (int round = 0; round < 3; ++round) {
        std::shuffle(events.begin(), events.end(), random);
        Posted letter;
        for (auto& event : events) CHECK(letter.tell(event)["delivered"] == "1");
        auto log = letter.log();
        CHECK(log["status"] == "clicked");
        CHECK(log["open_count"] == "2");
        CHECK(log["click_count"] == "1");
        CHECK(log["delivered_at"] != "null");
        CHECK(log["opened_at"] != "null");
        CHECK(log["clicked_at"] != "null");
        CHECK(log.size("events") == 6);
    }
}

TEST_CASE("letters at Mailgun: a machine's open is no open, a temporary failure no bounce, a late delivered no step back") {
    Posted letter;
    letter.tell(R"("temporary_fail")");
    CHECK(letter.log()["status"] == "sent");
    letter.tell(R"("delivered","machine_open")");
    CHECK(letter.log()["status"] == "delivered");
    CHECK(letter.log()["open_count"] == "0");
    letter.tell(R"("open")");
    letter.tell(R"("delivered")");
    CHECK(letter.log()["status"] == "opened");
    letter.tell(R"("complained")");
    CHECK(letter.log()["status"] == "complained");
}

TEST_CASE("letters at Mailgun: a bounce says why") {
    Posted letter;
    letter.tell(R"("bounce")");
    CHECK(letter.log()["status"] == "bounced");
    CHECK(letter.log()["error_message"] == "5.1.1 The mailbox does not exist");
    CHECK(letter.tell(R"("glanced at")").status == 422);
}

TEST_CASE("letters at Mailgun: the webhook believes only what is signed, once, and in time") {
    Posted letter;
    auto opened = letter.event("opened");
    auto good = sandbox::mailgun::signed_body(letter.signing_key(), opened, letter.app.now());
    CHECK(letter.webhook(R"({"event-data":)" + opened + "}").status == 401);
    CHECK(letter.webhook(sandbox::mailgun::signed_body("guessed", opened, letter.app.now())).status == 401);
    CHECK(letter.webhook(sandbox::mailgun::signed_body(letter.signing_key(), opened, letter.app.now() - 24h)).status == 401);
    CHECK(letter.webhook("{").status == 400);
    letter.app.run_jobs();
    CHECK(letter.log()["open_count"] == "0");

    CHECK(letter.webhook(good).status == 200);
    auto again = letter.webhook(good);
    CHECK(again.status == 406);
    CHECK(again["code"] == "replayed");
    // One valid signature can't carry another body.
    auto stolen = good.substr(0, good.find(R"("event-data":)")) + R"("event-data":)" + letter.event("clicked") + "}";
    CHECK(letter.webhook(stolen).status == 406);
    // The same event under a new signature: Mailgun tries again where our answer got lost.
    CHECK(letter.webhook(sandbox::mailgun::signed_body(letter.signing_key(), opened, letter.app.now())).status == 200);
    letter.app.run_jobs();
    CHECK(letter.log()["open_count"] == "1");
    CHECK(letter.log()["click_count"] == "0");
}

TEST_CASE("letters at Mailgun: an event for nobody's letter is taken and changes nothing") {
    Posted letter;
    sandbox::mailgun::EventSubject about{"x@example.com", "y@example.com", "s", "unknown@mg.example.com", "{}"};
    auto event = sandbox::mailgun::event_data(about, "opened", std::nullopt, letter.app.now());
    CHECK(letter.webhook(sandbox::mailgun::signed_body(letter.signing_key(), event, letter.app.now())).status == 200);
    letter.app.run_jobs();
    CHECK(letter.log()["open_count"] == "0");
}

TEST_CASE("letters at Mailgun: handed over again when Mailgun is down; a fault after acceptance costs a repetition at most") {
    TestApp app{Providers::sandbox};
    app.post("/sandbox/faults", R"({"provider":"mailgun","mode":"error"})");
    app.post("/sandbox/faults", R"({"provider":"mailgun","mode":"accept_then_drop"})");
    app.post("/api/hub/email/test", R"({"to":"me@example.com","email_type":"digest"})");
    for (int i = 0; i < 4; ++i) {
        app.run_jobs();
        app.advance(5min);
    }
    CHECK(app.get("/api/hub/email-logs")["items.0.status"] == "sent");
    auto outbox = app.get("/sandbox/outbox?to=me@example.com");
    CHECK(outbox.size("items") == 2);
    CHECK(outbox["items.0.headers.Message-Id"] == outbox["items.1.headers.Message-Id"]);
}

TEST_CASE("the double of Mailgun: its events, for the contract tests") {
    sandbox::mailgun::EventSubject about{"a@example.com", "b@mg.example.com", "s", "id@mg.example.com", R"({"email_id":"1"})"};
    Clock clock;
    for (auto name :
         {"accepted", "delivered", "opened", "clicked", "complained", "unsubscribed", "permanent_fail", "temporary_fail"}) {
        REQUIRE(sandbox::mailgun::is_event(name));
        auto event = sandbox::mailgun::event_data(about, name, std::nullopt, clock.now());
        record_answer("mailgun_event." + std::string(name), 200, sandbox::mailgun::signed_body("k", event, clock.now()), "{}");
    }
}
