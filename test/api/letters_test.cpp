#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

using mail::SendResult;

mail::Letter reset_letter() {
    return {
        .type = mail::Type::password_reset,
        .to = Email{"kim@example.com"},
        .to_name = "Kim Lee",
        .facts = {{"link", "https://app.test/reset?token=s3cr3t"}, {"minutes", "60"}},
    };
}

std::string post(TestApp& app, const mail::Letter& letter) {
    auto ctx = app.context();
    auto body = [&](db::Session& tx) -> Task<std::string> { co_return app.modules().mail.post(tx, ctx, letter).text(); };
    return app.run(app.db().transaction(ctx, body));
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("letters: posted with its cause, delivered by a job, logged as sent") {
    TestApp app;
    auto id = post(app, reset_letter());
    auto waiting = app.get("/api/hub/email-logs");
    CHECK(waiting["items.0.status"] == "pending");
    CHECK(waiting["items.0.sent_at"] == "null");
    CHECK(app.letters.sent.empty());
    app.advance(5s);
    app.run_jobs();

    REQUIRE(app.letters.sent.size() == 1);
    auto& letter = app.letters.sent[0];
    CHECK(letter.email_id == id);
    CHECK(letter.to.value == "kim@example.com");
    CHECK(letter.from_name == "Doorstep");
    CHECK(letter.subject == "Choose a new password");
    CHECK(has(letter.text, "Hello Kim Lee,"));
    CHECK(has(letter.text, "Choose a new password:\nhttps://app.test/reset?token=s3cr3t"));
    CHECK(has(letter.text, "works for 60 minutes"));
    CHECK(has(letter.html, R"(href="https://app.test/reset?token=s3cr3t")"));
    CHECK(letter.unsubscribe_url.empty());

    auto sent = app.get("/api/hub/email-logs");
    CHECK(sent["total"] == "1");
    CHECK(sent["items.0.id"] == id);
    CHECK(sent["items.0.to_email"] == "kim@example.com");
    CHECK(sent["items.0.email_type"] == "password_reset");
    CHECK(sent["items.0.status"] == "sent");
    CHECK(sent["items.0.sent_at"] > waiting["items.0.created_at"]);
    CHECK(sent["items.0.mailgun_id"] == "fake-" + id);
    CHECK(sent["items.0.open_count"] == "0");
    CHECK(app.other().get("/api/hub/email-logs")["total"] == "0");
    CHECK(app.other().get("/api/hub/email-logs/" + id).status == 404);
    app.run_jobs();
    CHECK(app.letters.sent.size() == 1);
}

TEST_CASE("letters: none where its cause did not commit") {
    TestApp app;
    auto ctx = app.context();
    auto letter = reset_letter();
    auto fail = [&](db::Session& tx) -> Task<> {
        app.modules().mail.post(tx, ctx, letter);
        throw conflict("changed_mind", "Not now.");
        co_return;
    };
    CHECK_THROWS_AS(app.run(app.db().transaction(ctx, fail)), Error);
    app.run_jobs();
    CHECK(app.letters.sent.empty());
    CHECK(app.get("/api/hub/email-logs")["total"] == "0");
}

TEST_CASE("letters: links and codes are sealed while they wait, gone afterwards, and never shown in the log") {
    TestApp app;
    auto id = post(app, reset_letter());
    auto whole_row = [&] { return app.store.value("select row_to_json(l)::text from email_logs l"); };
    CHECK(!has(whole_row(), "s3cr3t"));
    CHECK(app.store.value("select secrets is not null from email_logs") == "t");
    app.run_jobs();
    CHECK(!has(whole_row(), "s3cr3t"));
    CHECK(app.store.value("select secrets is null from email_logs") == "t");
    auto shown = app.get("/api/hub/email-logs/" + id);
    CHECK(shown["subject"] == "Choose a new password");
    CHECK(has(shown["text"], "Choose a new password:\n••••••"));
    CHECK(!has(shown.body, "s3cr3t"));
}

TEST_CASE("letters: what the provider does not take goes again with the same Message-ID; what it refuses has failed") {
    TestApp app;
    SUBCASE("again, in doubt too") {
        app.letters.answer({.kind = SendResult::Kind::later, .reason = "503 from the provider"});
        app.letters.answer({.kind = SendResult::Kind::ambiguous, .reason = "the answer did not arrive"});
        post(app, reset_letter());
        for (int i = 0; i < 3; ++i) {
            app.run_jobs();
            app.advance(2min);
        }
        REQUIRE(app.letters.attempts.size() == 3);
        for (auto& attempt : app.letters.attempts) CHECK(attempt.email_id == app.letters.attempts[0].email_id);
        auto log = app.get("/api/hub/email-logs");
        CHECK(log["items.0.status"] == "sent");
        CHECK(log["items.0.error_message"] == "null");
    }
    SUBCASE("refused") {
        app.letters.answer({.kind = SendResult::Kind::rejected, .reason = "the address is malformed"});
        post(app, reset_letter());
        app.run_jobs();
        app.advance(1h);
        app.run_jobs();
        CHECK(app.letters.attempts.size() == 1);
        auto log = app.get("/api/hub/email-logs?status=failed");
        CHECK(log["items.0.error_message"] == "the address is malformed");
        CHECK(app.store.value("select secrets is null from email_logs") == "t");
        CHECK(app.store.value("select count(*) from events where kind = 'letter_failed'") == "1");
    }
    SUBCASE("expired before it could go") {
        auto letter = reset_letter();
        letter.expires_at = app.now() + 10min;
        post(app, letter);
        app.advance(11min);
        app.run_jobs();
        CHECK(app.letters.attempts.empty());
        CHECK(app.get("/api/hub/email-logs")["items.0.status"] == "failed");
    }
}

TEST_CASE("letters: every type in every language, complete and safe, by the test endpoint") {
    TestApp app;
    std::size_t count = 0;
    for (auto type : enum_texts<mail::Type>()) {
        for (std::string language : {"en", "es"}) {
            auto asked = app.post(
                "/api/hub/email/test",
                R"({"to":"me@example.com","email_type":")" + std::string(type) + R"(","language":")" + language + R"("})"
            );
            CAPTURE(type);
            REQUIRE(asked.status == 202);
            CHECK(asked.headers.find("Location") == "/api/hub/email-logs/" + asked["id"]);
            app.run_jobs();
            REQUIRE(app.letters.sent.size() == ++count);
            auto& letter = app.letters.sent.back();
            CHECK(!letter.subject.empty());
            for (auto& text : {letter.subject, letter.text, letter.html}) {
                CHECK(!has(text, "{{"));
                CHECK(!has(text, "&amp;#"));
            }
            CHECK(has(letter.html, "lang=\"" + language + "\""));
            app.advance(10min);
        }
    }
    CHECK(app.get("/api/hub/email-logs?email_type=digest")["total"] == "2");
    CHECK(app.get("/api/audit?action=send_test_email")["total"] == std::to_string(count));
}

TEST_CASE("letters: test e-mails are refused in number, to no address, and for other roles") {
    TestApp app;
    auto ask = [&] { return app.post("/api/hub/email/test", R"({"to":"me@example.com","email_type":"sign_in_code"})"); };
    for (int i = 0; i < 20; ++i) REQUIRE(ask().status == 202);
    auto refused = ask();
    CHECK(refused.status == 429);
    CHECK(refused.headers.find("Retry-After").has_value());
    app.advance(61min);
    CHECK(ask().status == 202);
    auto bad = app.post("/api/hub/email/test", R"({"to":"nowhere","email_type":"sonnet"})");
    CHECK(bad.status == 422);
    CHECK(bad.size("errors") == 2);
    CHECK(app.stranger().post("/api/hub/email/test", "{}").status == 401);
}

TEST_CASE("letters: what people type can't become markup, headers or buttons") {
    TestApp app;
    mail::Letter letter{
        .type = mail::Type::document_review,
        .to = Email{"kim@example.com"},
        .to_name = "<b>Kim</b>\r\nBcc: all@example.com",
        .facts =
            {
                {"title", "x\r\nBcc: eve@example.com"},
                {"note", "[Pay here](https://evil.test)\n\n[Pay here](https://evil.test)\n\n{{link}} <script>alert(1)</script>"
                },
                {"link", "https://app.test/d/1"},
            },
    };
    post(app, letter);
    app.run_jobs();
    REQUIRE(app.letters.sent.size() == 1);
    auto& sent = app.letters.sent[0];
    CHECK(sent.subject == "Please review: x  Bcc: eve@example.com");
    CHECK(!has(sent.html, "<script>"));
    CHECK(!has(sent.html, "<b>"));
    CHECK(!has(sent.html, "href=\"https://evil.test"));
    CHECK(has(sent.text, "{{link}}"));
}

TEST_CASE("letters: facts that are missing leave out their paragraph; times are the account's") {
    TestApp app;
    mail::Letter letter{
        .type = mail::Type::rush_job_notification,
        .to = Email{"kim@example.com"},
        .to_name = "Kim",
        .facts = {{"title", "Brochure"}, {"due_at", "2030-03-05T17:00:00Z"}},
    };
    post(app, letter);
    app.run_jobs();
    REQUIRE(app.letters.sent.size() == 1);
    CHECK(has(app.letters.sent[0].text, "Due: Tue, Mar 5, 12:00 PM EST"));
    CHECK(!has(app.letters.sent[0].text, "Open it"));
    CHECK(app.letters.sent[0].from_name == "Ada Homes");
    letter.facts = {{"titel", "Brochure"}};
    CHECK_THROWS_AS(post(app, letter), std::logic_error);
}

TEST_CASE("letters: in the language that the recipient has chosen, else the account's, dates included") {
    TestApp app;
    auto alert = [&] {
        post(
            app, {.type = mail::Type::security_alert,
                  .to = Email{"Ada@example.com"},
                  .to_name = "Ada",
                  .facts = {{"what", "password_changed"}, {"at", "2030-03-05T17:30:00Z"}}}
        );
        app.run_jobs();
        return app.letters.sent.back();
    };
    CHECK(has(alert().text, "Your password was changed."));
    app.patch("/api/settings", R"({"language":"es"})");
    auto spanish = alert();
    CHECK(has(spanish.text, "Hola"));
    CHECK(has(spanish.text, "mar, 5 mar, 12:30 EST"));
    app.patch("/api/notifications/preferences", R"({"language":"en"})");
    CHECK(has(alert().text, "Tue, Mar 5, 12:30 PM EST"));
    auto id = app.get("/api/hub/email-logs")["items.0.id"];
    CHECK(has(app.get("/api/hub/email-logs/" + id)["text"], "Your password was changed."));
}

TEST_CASE("letters: raw webhooks are forgotten a month after they came, but for what is not processed yet") {
    TestApp app;
    app.store.exec(
        "insert into inbound_webhooks (id, provider, body, received_at, processed_at) "
        "select gen_random_uuid(), 'sendgrid', 'x', at, done from (values "
        "('2030-02-01'::timestamptz, '2030-02-01'::timestamptz), ('2030-02-01', null), ('2030-02-20', '2030-02-20')) "
        "as v (at, done)"
    );
    auto ctx = app.context();
    app.run(app.modules().mail.forget_old(ctx));
    CHECK(app.store.value("select count(*) from inbound_webhooks") == "2");
    CHECK(app.store.value("select count(*) from inbound_webhooks where processed_at is null") == "1");
}

TEST_CASE("letters: what they said is forgotten after ninety days; that they were sent is not") {
    TestApp app;
    auto id = post(
        app, {.type = mail::Type::form_submission,
              .to = Email{"ada@example.com"},
              .to_name = "Ada",
              .facts = {{"form", "Viewing"}, {"fields", "Name: Kim Lee"}}}
    );
    app.run_jobs();
    auto forget = [&] {
        auto ctx = app.context();
        return app.run(app.modules().mail.forget_old(ctx));
    };
    app.advance(89 * 24h);
    CHECK(forget() == 0);
    app.advance(48h);
    CHECK(forget() == 1);
    CHECK(forget() == 0);
    CHECK(app.store.value("select facts from email_logs where id = '" + id + "'") == "{}");
    Visitor owner = app.join("owner");
    auto shown = owner.get("/api/hub/email-logs/" + id);
    CHECK(shown["status"] == "sent");
    CHECK(shown["to_email"] == "ada@example.com");
    CHECK(shown["text"] == "");
    CHECK(shown["content_removed_at"].starts_with("2030-06-03"));
}
