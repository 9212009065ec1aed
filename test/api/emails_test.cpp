#include <doctest/doctest.h>

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <random>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// One e-mail handed over to the sandbox's SendGrid, and its events.
struct Mailed {
    Mailed() {
        app.set_time("2030-03-04T15:00:00Z");
        client = app.make_client("kim@example.com", "", true);
        app.advance(24h + 1min);
        app.run_jobs();
        email = app.get("/api/emails")["items.0.id"];
        message_id = app.get("/sandbox/outbox")["items.0.message_id"];
    }

    void tell(const std::string& events) {
        auto told = app.post(
            "/sandbox/email-events",
            R"({"message_id":")" + message_id + R"(","events":[)" + events + R"(],"url":"https://example.com/x"})"
        );
        CHECK(told.status == 200);
        app.run_jobs();
    }
    Reply read() { return app.get("/api/emails/" + email); }

    TestApp app{Providers::sandbox};
    std::string client;
    std::string email;
    std::string message_id;
};

} // namespace

TEST_CASE("e-mails: events in any order and number end in the same state") {
    std::vector<std::string> events{R"("delivered")", R"("open")", R"("click")", R"("deferred")", R"("processed")"};
    std::mt19937 random(7);
    for (int round = 0; round < 3; ++round) {
        std::shuffle(events.begin(), events.end(), random);
        Mailed mail;
        for (auto& event : events) mail.tell(event);
        auto email = mail.read();
        CHECK(email["status"] == "clicked");
        CHECK(email["delivered_at"] != "null");
        CHECK(email["opened_at"] != "null");
        CHECK(email["clicked_at"] != "null");
        CHECK(email.size("webhook_events") == 5);
        auto stats = mail.app.get("/api/dashboard/stats");
        CHECK(stats["open_rate"] == "100");
        CHECK(stats["click_rate"] == "100");
        CHECK(stats["emails_by_status.clicked"] == "1");
    }
}

TEST_CASE("e-mails: a hard bounce suppresses the address and stops the follow-ups; a machine's open is no open") {
    Mailed mail;
    mail.tell(R"("machine_open")");
    CHECK(mail.read()["opened_at"] == "null");
    CHECK(mail.read()["webhook_events.0.machine"] == "true");
    mail.tell(R"("bounce")");
    CHECK(mail.read()["status"] == "bounced");
    CHECK(mail.read()["error_message"] != "null");
    auto tasks = mail.app.get("/api/clients/" + mail.client + "/tasks");
    CHECK(tasks["items.1.status"] == "skipped");
    CHECK(tasks["items.1.reason"] == "the e-mail address bounced");
    auto refused = mail.app.post("/api/emails/send", R"({"client_id":")" + mail.client + R"(","subject":"S","body":"B"})");
    CHECK(refused.status == 409);
    CHECK(refused["code"] == "suppressed");
}

TEST_CASE("e-mails: a complaint and an unsubscribe event unsubscribe the person") {
    for (auto event : {R"("spamreport")", R"("unsubscribe")"}) {
        CAPTURE(event);
        Mailed mail;
        mail.tell(event);
        CHECK(mail.app.get("/api/clients/" + mail.client)["email_unsubscribed"] == "true");
        CHECK(mail.app.get("/api/tasks?status=pending")["total"] == "0");
    }
}

TEST_CASE("e-mails: one-click unsubscribe by POST, never by GET, again and again") {
    Mailed mail;
    auto header = mail.app.get("/sandbox/outbox")["items.0.headers.List-Unsubscribe"];
    auto path = header.substr(header.find("/u/"), header.find('>') - header.find("/u/"));
    auto stranger = mail.app.stranger();
    auto asked = stranger.get(path);
    CHECK(asked.status == 200);
    CHECK(asked.body.find("no more follow-up e-mails from ") != std::string::npos);
    CHECK(asked.body.find("<button") != std::string::npos);
    CHECK(mail.app.get("/api/clients/" + mail.client)["email_unsubscribed"] == "false");
    for (int i = 0; i < 2; ++i) {
        auto done = stranger.post(path, "List-Unsubscribe=One-Click", {{"Content-Type", "application/x-www-form-urlencoded"}});
        CHECK(done.status == 200);
    }
    auto client = mail.app.get("/api/clients/" + mail.client);
    CHECK(client["email_unsubscribed"] == "true");
    CHECK(client["unsubscribed_reason"] == "unsubscribed");
    CHECK(mail.app.patch("/api/settings", R"({"language":"es","agent_name":"Ana <b>Ruiz</b>"})").status == 200);
    auto spanish = stranger.get(path).body;
    CHECK(spanish.find(R"(<html lang="es">)") != std::string::npos);
    CHECK(spanish.find("No recibirá más correos de seguimiento de Ana &lt;b&gt;Ruiz&lt;/b&gt;") != std::string::npos);
    CHECK(stranger.post("/u/AAAA", "x").status == 404);
    path[path.size() - 5] = path[path.size() - 5] == 'A' ? 'B' : 'A';
    CHECK(stranger.post(path, "x").status == 404);
}

TEST_CASE("e-mails: unsigned, changed and stale webhooks are refused; the odd one among good ones is not lost sight of") {
    Mailed mail;
    auto stranger = mail.app.stranger();
    CHECK(stranger.post("/webhook/sendgrid", "[]").status == 401);
    CHECK(
        stranger
            .post(
                "/webhook/sendgrid", "[]",
                {{"X-Twilio-Email-Event-Webhook-Signature", "AAAA"}, {"X-Twilio-Email-Event-Webhook-Timestamp", "1"}}
            )
            .status == 401
    );
    CHECK(mail.read().size("webhook_events") == 0);
}

TEST_CASE("e-mails: a hand-over in doubt is settled by the provider's events") {
    TestApp app(Providers::sandbox);
    app.set_time("2030-03-04T15:00:00Z");
    auto client = app.make_client("kim@example.com", "", true);
    app.post("/sandbox/faults", R"({"provider":"sendgrid","mode":"accept_then_drop"})");
    app.advance(24h + 1min);
    app.run_jobs();
    CHECK(app.get("/sandbox/outbox").size("items") == 1);
    CHECK(app.get("/api/emails")["items.0.status"] == "queued");
    CHECK(app.get("/api/clients/" + client + "/tasks")["items.0.status"] == "pending");
    auto id = app.get("/sandbox/outbox")["items.0.message_id"];
    app.post("/sandbox/email-events", R"({"message_id":")" + id + R"(","events":["processed"]})");
    app.run_jobs();
    CHECK(app.get("/api/emails")["items.0.status"] == "sent");
    CHECK(app.get("/api/clients/" + client + "/tasks")["items.0.status"] == "completed");
    app.advance(2h);
    app.run_jobs();
    CHECK(app.get("/sandbox/outbox").size("items") == 1);
}

TEST_CASE("e-mails: what several events prove to have gone went when the first of them says") {
    TestApp app(Providers::sandbox);
    app.set_time("2030-03-04T15:00:00Z");
    app.make_client("kim@example.com", "", true);
    app.post("/sandbox/faults", R"({"provider":"sendgrid","mode":"accept_then_drop"})");
    app.advance(24h + 1min);
    app.run_jobs();
    auto id = app.get("/sandbox/outbox")["items.0.message_id"];
    app.set_time("2030-03-05T15:20:00Z");
    app.post("/sandbox/email-events", R"({"message_id":")" + id + R"(","events":["processed","delivered","open"]})");
    // The first two minutes before the others.
    app.store.exec(
        "update inbound_webhooks set body = convert_to(regexp_replace(convert_from(body, 'UTF8'), '\"timestamp\":\\d+',"
        " '\"timestamp\":' || extract(epoch from timestamptz '2030-03-05T15:18:00Z')::bigint), 'UTF8')"
    );
    app.run_jobs();
    auto email = app.get("/api/emails/" + app.get("/api/emails")["items.0.id"]);
    CHECK(email["status"] == "opened");
    CHECK(email["sent_at"] == "2030-03-05T15:18:00Z");
    CHECK(email["opened_at"] == "2030-03-05T15:20:00Z");
    CHECK(app.store.value("select count(*) from events where kind = 'email_sent'") == "1");
}

TEST_CASE("e-mails: preview writes nothing; send keeps to the client's address and harmless HTML") {
    TestApp app;
    auto client = app.make_client();
    app.model.answer(R"({"subject":"A","body":"Hi,\n\nB"})");
    auto preview = app.post("/api/emails/preview", R"({"client_id":")" + client + R"(","agent_instructions":"be brief"})");
    CHECK(preview.status == 200);
    CHECK(preview["subject"] == "A");
    CHECK(preview["source"] == "ai");
    CHECK(preview["html_body"].find("<p>B</p>") != std::string::npos);
    CHECK(app.model.prompts.at(0).user.find("be brief") != std::string::npos);
    CHECK(app.get("/api/emails")["total"] == "0");
    auto send = [&](std::string more) {
        return app.post("/api/emails/send", R"({"client_id":")" + client + "\"" + more + "}");
    };
    CHECK(send(R"(,"to_email":"else@example.com","subject":"S","body":"B")").status == 422);
    CHECK(send(R"(,"subject":"S\r\nBcc: x@example.com","body":"B")").status == 422);
    CHECK(send(R"(,"subject":"S","body":"<script>x</script>")").status == 422);
    CHECK(send(R"(,"agent_instructions":")" + std::string(501, 'x') + "\"").status == 422);
    auto sent = send(R"(,"to_email":"KIM@example.com","subject":"S","body":"<p onclick=x>Hi <b>you</b></p>")");
    CHECK(sent.status == 201);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.sender.sent[0].html.find("<p>Hi <b>you</b></p>") != std::string::npos);
    CHECK(app.sender.sent[0].text.find("Hi you") != std::string::npos);
    CHECK(app.get("/api/emails/" + sent["id"])["status"] == "sent");
    CHECK(app.other().get("/api/emails/" + sent["id"]).status == 404);
    CHECK(app.other().post("/api/emails/preview", R"({"client_id":")" + client + "\"}").status == 404);
}

TEST_CASE("e-mails: what clicks every link within a moment is no person, in whatever order it is told") {
    Mailed mail;
    auto click = [&](const std::string& url, std::string_view at = "2030-03-06T15:00:00Z") {
        mail.app.set_time(at);
        mail.app.post(
            "/sandbox/email-events", R"({"message_id":")" + mail.message_id + R"(","events":["click"],"url":")" + url + "\"}"
        );
        mail.app.run_jobs();
    };
    click("https://example.com/a");
    CHECK(mail.read()["status"] == "clicked");
    click("https://example.com/b");
    click("https://example.com/c");
    auto email = mail.read();
    CHECK(email["status"] == "sent");
    CHECK(email["clicked_at"] == "null");
    CHECK(email["webhook_events.0.machine"] == "true");
    click("https://example.com/a", "2030-03-06T15:01:00Z");
    CHECK(mail.read()["status"] == "clicked");
    CHECK(mail.app.get("/api/dashboard/stats")["click_rate"] == "100");
}

TEST_CASE("e-mails: webhooks for one e-mail that are worked on at the same time do not miss each other's events") {
    using namespace boost::asio::experimental::awaitable_operators;
    Mailed mail;
    for (int round = 0; round < 15; ++round) {
        auto id = mail.app.post("/api/emails/send", R"({"client_id":")" + mail.client + R"(","subject":"S","body":"B"})")["id"];
        mail.app.run_jobs();
        mail.message_id = mail.app.get("/sandbox/outbox")["items.0.message_id"];
        std::vector<Uuid> webhooks;
        for (auto event : {"open", "click"}) {
            mail.app.post(
                "/sandbox/email-events",
                R"({"message_id":")" + mail.message_id + R"(","events":[")" + event + R"("],"url":"https://example.com/x"})"
            );
            webhooks.push_back(
                *Uuid::parse(mail.app.store.value("select id from inbound_webhooks order by received_at desc, id desc limit 1"))
            );
        }
        auto one = mail.app.context();
        auto two = mail.app.context();
        auto& messages = mail.app.modules().messages;
        auto both = [&]() -> Task<> {
            co_await (messages.process_webhook(one, webhooks[0]) && messages.process_webhook(two, webhooks[1]));
        };
        mail.app.run(both());
        auto read = mail.app.get("/api/emails/" + id);
        CHECK(read["status"] == "clicked");
        CHECK(read["opened_at"] != "null");
        CHECK(read["clicked_at"] != "null");
        CHECK(read.size("webhook_events") >= 2);
        mail.app.advance(1min);
    }
}
