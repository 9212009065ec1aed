#include <doctest/doctest.h>

#include "core/crypto.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

std::string signature_of(
    const std::string& secret, const std::string& id, const std::string& timestamp, const std::string& body
) {
    auto key = base64_decode(secret.substr(6));
    REQUIRE(key);
    return "v1," + base64_encode(hmac_sha256(*key, id + "." + timestamp + "." + body));
}

/// An office whose own program listens at the sandbox.
struct Hooked {
    explicit Hooked(const std::string& more = "", const std::string& query = "") {
        receiver = app.receiver("crm" + query);
        auto made = app.post("/api/webhooks", R"({"url":")" + receiver + "\"" + more + "}");
        REQUIRE(made.status == 201);
        id = made["id"];
        secret = made["secret"];
    }
    Reply received() { return app.get("/sandbox/outbox?channel=webhook"); }
    Reply log() { return app.get("/api/webhooks/" + id + "/deliveries"); }

    TestApp app{Providers::sandbox};
    std::string receiver;
    std::string id;
    std::string secret;
};

} // namespace

TEST_CASE("webhooks: an event is told once, signed to the letter of Standard Webhooks") {
    Hooked office;
    auto client = office.app.make_client();
    office.app.run_jobs();
    auto got = office.received();
    REQUIRE(got.size("items") == 1);
    auto id = got["items.0.headers.webhook-id"];
    auto timestamp = got["items.0.headers.webhook-timestamp"];
    auto body = got["items.0.text"];
    CHECK(id.starts_with("msg_"));
    auto began = std::chrono::floor<std::chrono::seconds>(parse_rfc3339("2030-03-04T15:00:00Z")->time_since_epoch()).count();
    CHECK(std::stoll(timestamp) >= began);
    CHECK(std::stoll(timestamp) < began + 120);
    CHECK(got["items.0.headers.webhook-signature"] == signature_of(office.secret, id, timestamp, body));
    CHECK(body.starts_with(R"({"type":"client.created","timestamp":"2030-03-04T15:0)"));
    CHECK(body.find(client) != std::string::npos);
    CHECK(body.find("kim@example.com") != std::string::npos);
    auto log = office.log();
    CHECK(log["items.0.state"] == "delivered");
    CHECK(log["items.0.last_status"] == "204");
    CHECK(office.app.get("/api/webhooks/" + office.id)["secret"] == "");
    office.app.advance(1h);
    office.app.run_jobs();
    CHECK(office.received().size("items") == 1);
}

TEST_CASE("webhooks: the filter keeps what is not asked for away") {
    Hooked office(R"(,"event_types":["stage.*","task.completed"])");
    auto client = office.app.make_client();
    office.app.patch("/api/clients/" + client, R"({"stage":"negotiating"})");
    office.app.run_jobs();
    CHECK(office.log()["total"] == "1");
    CHECK(office.log()["items.0.event_type"] == "stage.changed");
    CHECK(office.app.post("/api/webhooks", R"({"url":"https://example.com","event_types":["nonsense"]})").status == 422);
}

TEST_CASE("webhooks: what is not taken climbs the ladder, is switched off in the end, and can be sent again") {
    Hooked office("", "?status=500");
    office.app.make_client();
    office.app.run_jobs();
    CHECK(office.log()["items.0.state"] == "pending");
    CHECK(office.log()["items.0.attempts"] == "1");
    for (auto wait : {6s, 331s, 1981s, 7921s, 19801s, 39601s, 55441s, 79201s, 95041s}) {
        office.app.advance(wait);
        office.app.run_jobs();
    }
    auto log = office.log();
    CHECK(log["items.0.state"] == "failed");
    CHECK(log["items.0.attempts"] == "10");
    CHECK(log["items.0.last_error"] == "The address answered 500.");
    auto got = office.received();
    CHECK(got.size("items") == 10);
    CHECK(got["items.0.headers.webhook-id"] == got["items.9.headers.webhook-id"]);
    CHECK(got["items.0.text"] == got["items.9.text"]);
    auto hook = office.app.get("/api/webhooks/" + office.id);
    CHECK(hook["enabled"] == "false");
    CHECK(hook["disabled_reason"] != "null");
    CHECK(office.app.get("/api/dashboard/recent-activity")["items.0.type"] == "webhook_disabled");

    auto event = log["items.0.event_id"];
    auto replay = "/api/webhooks/" + office.id + "/deliveries/" + event + "/replay";
    CHECK(office.app.post(replay).status == 409);
    auto well = office.receiver.substr(0, office.receiver.find('?'));
    CHECK(office.app.patch("/api/webhooks/" + office.id, R"({"enabled":true,"url":")" + well + "\"}")["enabled"] == "true");
    CHECK(office.app.post(replay)["state"] == "pending");
    office.app.run_jobs();
    auto detail = office.app.get("/api/webhooks/" + office.id + "/deliveries/" + event);
    CHECK(detail["state"] == "delivered");
    CHECK(detail.size("log") == 11);
    CHECK(office.received()["items.0.headers.webhook-id"] == "msg_" + event);
}

TEST_CASE("webhooks: an address that says it is gone is switched off at once") {
    Hooked office("", "?status=410");
    office.app.make_client();
    office.app.run_jobs();
    CHECK(office.log()["items.0.state"] == "failed");
    CHECK(office.app.get("/api/webhooks/" + office.id)["enabled"] == "false");
    auto since = office.app.post("/api/webhooks/" + office.id + "/replay", R"({"since":"2030-03-04T00:00:00Z"})");
    CHECK(since.status == 409);
}

TEST_CASE("webhooks: two secrets live while one replaces the other") {
    Hooked office;
    auto rotated = office.app.post("/api/webhooks/" + office.id + "/rotate-secret", R"({"old_valid_hours":2})");
    CHECK(rotated["secret"].starts_with("whsec_"));
    CHECK(*parse_rfc3339(rotated["old_expires_at"]) - office.app.now() > 1h + 55min);
    CHECK(*parse_rfc3339(rotated["old_expires_at"]) - office.app.now() <= 2h);
    CHECK(office.app.post("/api/webhooks/" + office.id + "/test").status == 204);
    office.app.run_jobs();
    auto got = office.received();
    auto id = got["items.0.headers.webhook-id"];
    auto timestamp = got["items.0.headers.webhook-timestamp"];
    auto fresh = signature_of(rotated["secret"], id, timestamp, got["items.0.text"]);
    auto old = signature_of(office.secret, id, timestamp, got["items.0.text"]);
    CHECK(got["items.0.headers.webhook-signature"] == fresh + " " + old);
    CHECK(got["items.0.text"].find("webhook.tested") != std::string::npos);
    office.app.advance(2h);
    office.app.post("/api/webhooks/" + office.id + "/test");
    office.app.run_jobs();
    CHECK(office.received()["items.0.headers.webhook-signature"].find(' ') == std::string::npos);
}

TEST_CASE("webhooks: only public https addresses, only one's own office's, only its keepers") {
    TestApp app;
    for (auto url :
         {"http://example.com/x", "https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/x", "https://[::1]/",
          "https://169.254.169.254/", "https://user@example.com/", "ftp://example.com", "https://", "https://x.internal/a"}) {
        CAPTURE(url);
        CHECK(app.post("/api/webhooks", R"({"url":")" + std::string(url) + "\"}").status == 422);
    }
    auto made = app.post("/api/webhooks", R"({"url":"https://Example.com/Hook","description":"Mine"})");
    CHECK(made.status == 201);
    CHECK(made["url"] == "https://example.com/Hook");
    auto path = "/api/webhooks/" + made["id"];
    for (auto& theirs :
         {app.other().get(path), app.other().patch(path, R"({"enabled":false})"), app.other().del(path),
          app.other().post(path + "/test"), app.other().post(path + "/rotate-secret", "{}"),
          app.other().get(path + "/deliveries")}) {
        CHECK(theirs.status == 404);
    }
    CHECK(app.other().get("/api/webhooks").size("items") == 0);
    CHECK(app.patch(path, R"({"description":"x"})", {{"If-Match", "\"7\""}}).status == 412);
    CHECK(app.del(path).status == 204);
    CHECK(app.get(path).status == 404);
}

TEST_CASE("webhooks: one that is switched off after lasting failure is told to the owner and stands in the security log, once"
) {
    Hooked office("", "?status=410");
    office.app.make_client("kim@example.com");
    office.app.make_client("lee@example.com");
    office.app.run_jobs();
    CHECK(office.app.get("/api/webhooks/" + office.id)["enabled"] == "false");
    auto news = office.app.get("/api/notifications");
    CHECK(news["total"] == "1");
    CHECK(news["items.0.kind"] == "webhook_disabled");
    CHECK(news["items.0.title"] == "A webhook was switched off after it failed for days: " + office.receiver);
    CHECK(news["items.0.link"] == "/console/settings/webhooks/" + office.id);
    auto log = office.app.get("/api/audit?action=webhook_disabled");
    CHECK(log["total"] == "1");
    CHECK(log["items.0.subject.id"] == office.id);
    CHECK(log["items.0.after.disabled_reason"] == "The address answered that it is gone.");
}

TEST_CASE("webhooks: every change stands in the security log, with what was and without secrets") {
    Hooked office;
    auto path = "/api/webhooks/" + office.id;
    office.app.patch(path, R"({"description":"Ours","event_types":["stage.*"]})");
    office.app.patch(path, R"({"description":"Ours"})"); // changes nothing
    auto secret = office.app.post(path + "/rotate-secret", "{}")["secret"];
    office.app.del(path);
    auto log = office.app.get("/api/audit?subject_id=" + office.id);
    REQUIRE(log.size("items") == 4);
    CHECK(log["items.3.action"] == "webhook_created");
    CHECK(log["items.3.after.url"] == office.receiver);
    CHECK(log["items.2.action"] == "webhook_changed");
    CHECK(log["items.2.before.description"] == "null");
    CHECK(log["items.2.after.description"] == "Ours");
    CHECK(log["items.2.after.event_types.0"] == "stage.*");
    CHECK(log["items.2.actor.name"] == "Ada");
    CHECK(log["items.1.action"] == "webhook_secret_rotated");
    CHECK(log["items.0.action"] == "webhook_deleted");
    CHECK(log.body.find("whsec_") == std::string::npos);
    CHECK(secret.starts_with("whsec_"));
}

TEST_CASE("webhooks: deliveries of a month ago are forgotten with their log, but for what is under way") {
    Hooked office;
    office.app.make_client("kim@example.com");
    office.app.run_jobs();
    CHECK(office.log()["total"] == "1");
    auto purge = [&] {
        auto ctx = office.app.context();
        ctx.all_accounts = true;
        office.app.run(office.app.modules().webhooks.purge(ctx));
    };
    office.app.advance(29 * 24h);
    office.app.store.exec(
        "insert into webhook_deliveries (account_id, webhook_id, event_id, event_type, state, due_at, created_at) "
        "select d.account_id, d.webhook_id, e.id, 'x.y', 'pending', d.due_at, d.created_at from webhook_deliveries d "
        "join events e on e.account_id = d.account_id and e.id <> d.event_id limit 1"
    );
    purge();
    CHECK(office.app.store.value("select count(*) from webhook_deliveries") == "2");
    office.app.advance(48h);
    purge();
    CHECK(office.app.store.value("select string_agg(state, ' ') from webhook_deliveries") == "pending");
    CHECK(office.app.store.value("select count(*) from webhook_attempts") == "0");
}
