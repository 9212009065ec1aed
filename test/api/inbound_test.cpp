#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// A client who got the first follow-up.
struct Answering {
    Answering() {
        app.set_time("2030-03-04T15:00:00Z");
        client = app.make_client("kim@example.com", "", true);
        app.advance(24h + 1min);
        app.run_jobs();
    }
    Reply write(const std::string& more, const std::string& from = "Kim Doe <kim@example.com>") {
        auto letter = app.get("/sandbox/outbox?channel=email&to=kim@example.com")["items.0.headers.Reply-To"];
        auto taken =
            app.post("/sandbox/inbound", R"({"channel":"email","from":")" + from + R"(","to":")" + letter + "\"," + more + "}");
        app.run_jobs();
        return taken;
    }
    std::string pending() { return app.get("/api/tasks?status=pending")["total"]; }

    TestApp app{Providers::sandbox};
    std::string client;
};

} // namespace

TEST_CASE("inbound: an answer is matched, shown, and stops the follow-ups") {
    Answering office;
    CHECK(office.pending() == "4");
    auto taken = office.app.post(
        "/sandbox/inbound", R"({"channel":"email","from":"kim@example.com","text":"Yes, call me <b>now</b>."})"
    );
    CHECK(taken.status == 200);
    CHECK(taken["delivered"] == "1");
    office.app.run_jobs();
    CHECK(office.pending() == "0");
    auto tasks = office.app.get("/api/clients/" + office.client + "/tasks");
    CHECK(tasks["items.1.status"] == "skipped");
    CHECK(tasks["items.1.reason"] == "replied");
    auto list = office.app.get("/api/emails/received?client_id=" + office.client);
    CHECK(list["total"] == "1");
    CHECK(list["items.0.kind"] == "reply");
    CHECK(list["items.0.fresh_text"] == "Yes, call me <b>now</b>.");
    CHECK(list["items.0.email_id"] == office.app.get("/api/emails")["items.0.id"]);
    auto timeline = office.app.get("/api/contacts/" + office.client + "/timeline");
    bool shown = timeline.body.find("email_replied") != std::string::npos;
    CHECK(shown);
    CHECK(timeline.body.find("Yes, call me") != std::string::npos);
    CHECK(office.app.other().get("/api/emails/received")["total"] == "0");
    CHECK(office.app.other().get("/api/emails/received/" + list["items.0.id"]).status == 404);
}

TEST_CASE("inbound: a machine's answer stops nothing") {
    Answering office;
    office.write(R"("subject":"Out of office: Your home","text":"I am away.","auto_submitted":"auto-replied")");
    office.write(R"("subject":"Re: x","text":"We got your mail.","auto_submitted":"auto-replied")");
    CHECK(office.pending() == "4");
    CHECK(office.app.get("/api/emails/received?kind=out_of_office")["total"] == "1");
    CHECK(office.app.get("/api/emails/received?kind=auto_reply")["total"] == "1");
    CHECK(office.app.get("/api/emails/received?kind=nonsense").status == 422);
}

TEST_CASE("inbound: who answers that it is enough is not written to again") {
    Answering office;
    office.write(R"("text":"Please unsubscribe me")");
    auto client = office.app.get("/api/clients/" + office.client);
    CHECK(client["email_unsubscribed"] == "true");
    CHECK(office.pending() == "0");
    auto refused = office.app.post("/api/emails/send", R"({"client_id":")" + office.client + R"(","subject":"S","body":"B"})");
    CHECK(refused["code"] == "unsubscribed");
}

TEST_CASE("inbound: mail that is forwarded is matched by who wrote it; strangers are kept apart") {
    Answering office;
    auto address = office.app.get("/api/emails/forwarding-address")["address"];
    CHECK(address.ends_with("@reply.doorstep.test"));
    auto forward = [&](const std::string& from) {
        auto taken = office.app.post(
            "/sandbox/inbound", R"({"channel":"email","from":")" + from + R"(","to":")" + address +
                                    R"(","subject":"Hello","text":"I want to sell."})"
        );
        CHECK(taken["delivered"] == "1");
        office.app.run_jobs();
    };
    forward("Stranger <who@example.com>");
    auto list = office.app.get("/api/emails/received");
    CHECK(list["items.0.client_id"] == "null");
    CHECK(office.pending() == "4");
    forward("KIM@example.com");
    CHECK(office.app.get("/api/emails/received")["items.0.client_id"] == office.client);
    CHECK(office.pending() == "0");
    auto changed = address;
    changed[5] = changed[5] == 'a' ? 'b' : 'a';
    office.app.post("/sandbox/inbound", R"({"channel":"email","from":"kim@example.com","to":")" + changed + R"(","text":"x"})");
    office.app.run_jobs();
    CHECK(office.app.get("/api/emails/received")["total"] == "2");
}

TEST_CASE("inbound: unsigned mail is refused; the same mail counts once") {
    Answering office;
    auto stranger = office.app.stranger();
    auto form = "--x\r\nContent-Disposition: form-data; name=\"from\"\r\n\r\nkim@example.com\r\n--x--\r\n";
    CHECK(
        stranger.post("/webhook/sendgrid/inbound", form, {{"Content-Type", "multipart/form-data; boundary=x"}}).status == 401
    );
    CHECK(office.app.post("/sandbox/inbound", R"({"channel":"sms","from":"+15555550100","text":"x"})").status == 422);
    CHECK(office.app.post("/sandbox/inbound", R"({"channel":"email","from":"new@example.com","text":"x"})").status == 422);
}

TEST_CASE("inbound: answers go to the agent where the office says so") {
    TestApp app(Providers::sandbox);
    app.patch("/api/settings", R"({"reply_to":"ada@ada.test"})");
    auto client = app.make_client();
    app.post("/api/emails/send", R"({"client_id":")" + client + R"(","subject":"S","body":"B"})");
    app.run_jobs();
    CHECK(app.get("/sandbox/outbox")["items.0.headers.Reply-To"].find("ada@ada.test") != std::string::npos);
}

TEST_CASE("inbound: a reply is news, once; a machine's answer and a stranger's mail are none") {
    Answering office;
    office.write(R"("subject":"Out of office","text":"I am away.","auto_submitted":"auto-replied")");
    auto address = office.app.get("/api/emails/forwarding-address")["address"];
    office.app.post("/sandbox/inbound", R"({"channel":"email","from":"who@example.com","to":")" + address + R"(","text":"x"})");
    office.app.run_jobs();
    CHECK(office.app.get("/api/notifications")["total"] == "0");
    office.write(R"("text":"Yes, please.")");
    auto webhook = office.app.store.value("select id from inbound_webhooks order by received_at desc limit 1");
    auto ctx = office.app.context();
    office.app.run(office.app.modules().messages.process_inbound(ctx, *Uuid::parse(webhook)));
    auto news = office.app.get("/api/notifications");
    CHECK(news["total"] == "1");
    CHECK(news["items.0.kind"] == "client_replied");
    CHECK(news["items.0.title"] == "Kim Doe replied to you.");
    CHECK(news["items.0.link"] == "/console/people/" + office.client);
}

TEST_CASE("inbound: an answer to an e-mail goes into its thread") {
    Answering office;
    office.app.post(
        "/sandbox/inbound",
        R"({"channel":"email","from":"kim@example.com","subject":"Re: Your home","text":"When could we meet?"})"
    );
    office.app.run_jobs();
    auto received = office.app.get("/api/emails/received?client_id=" + office.client);
    auto id = received["items.0.id"];
    CHECK(received["items.0.answered_by"] == "null");
    auto theirs = office.app.store.value("select message_key from received_emails");
    CHECK(theirs.starts_with("<"));
    auto ours = office.app.store.value("select mail_references from received_emails");
    CHECK(ours.starts_with("<"));

    auto answer = R"({"client_id":")" + office.client + R"(","answers_id":")" + id + R"(","body":"On Monday at ten."})";
    auto sent = office.app.post("/api/emails/send", answer);
    REQUIRE(sent.status == 201);
    CHECK(sent["subject"] == "Re: Your home");
    CHECK(sent["answers_id"] == id);
    office.app.run_jobs();
    auto outbox = office.app.get("/sandbox/outbox?channel=email&to=kim@example.com");
    CHECK(outbox["items.0.subject"] == "Re: Your home");
    CHECK(outbox["items.0.headers.In-Reply-To"] == theirs);
    CHECK(outbox["items.0.headers.References"] == ours + " " + theirs);
    auto shown = office.app.get("/api/emails/received/" + id);
    CHECK(shown["answered_by"] == sent["id"]);
    CHECK(shown["fresh_text"] == "When could we meet?");

    auto lee = office.app.make_client("lee@example.com");
    auto wrong = R"({"client_id":")" + lee + R"(","answers_id":")" + id + R"(","body":"x"})";
    auto refused = office.app.post("/api/emails/send", wrong);
    CHECK(refused.status == 422);
    CHECK(refused["errors.0.field"] == "answers_id");
    auto unknown = R"({"client_id":")" + lee + R"(","answers_id":")" + lee + R"(","body":"x"})";
    CHECK(office.app.post("/api/emails/send", unknown)["errors.0.code"] == "unknown");
}

TEST_CASE("inbound: letters of nobody's are theirs who get the address, new or changed, and count as talk") {
    Answering office;
    auto& app = office.app;
    auto address = app.get("/api/emails/forwarding-address")["address"];
    auto forward = [&](const std::string& from) {
        auto letter =
            R"({"channel":"email","from":")" + from + R"(","to":")" + address + R"(","subject":"Hello","text":"Hi."})";
        CHECK(app.post("/sandbox/inbound", letter)["delivered"] == "1");
        app.run_jobs();
    };
    auto letters = [&](const std::string& client) { return app.get("/api/emails/received?client_id=" + client)["total"]; };
    forward("Ann <Ann@Example.com>");
    forward("ann@example.com");
    forward("bob@example.com");
    auto received = app.get("/api/emails/received");
    app.advance(1h);

    auto ann = app.make_client("ann@example.com");
    CHECK(letters(ann) == "2");
    CHECK(app.get("/api/clients/" + ann)["last_contacted"] == received["items.1.received_at"]);
    auto bob = app.make_client("robert@example.com");
    CHECK(letters(bob) == "0");
    CHECK(app.get("/api/clients/" + bob)["last_contacted"] == "null");
    CHECK(app.patch("/api/clients/" + bob, R"({"email":"bob@example.com"})").status == 200);
    CHECK(letters(bob) == "1");
    CHECK(app.get("/api/clients/" + bob)["last_contacted"] == received["items.0.received_at"]);
    CHECK(app.get("/api/emails/received")["items.0.client_id"] == bob);
    CHECK(app.store.wrong_counters() == "");
    // Another office's letter stays where it is.
    CHECK(app.other().get("/api/emails/received")["total"] == "0");
}
