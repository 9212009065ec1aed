#include <doctest/doctest.h>

#include <sstream>

#include "core/phrases.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

void notify(TestApp& app, const notifications::Notice& notice, const Actor& actor = {Actor::Kind::system, {}, "test"}) {
    auto ctx = app.context();
    ctx.actor = actor;
    auto body = [&](db::Session& tx) -> Task<> {
        app.modules().notifications.notify(tx, ctx, notice);
        co_return;
    };
    app.run(app.db().transaction(ctx, body));
}

notifications::Notice form_came_in() {
    return {.kind = "form_submission", .facts = Json{R"({"form":"Viewing request"})"}, .link = "/console/forms/1"};
}

Uuid me(TestApp& app) {
    return *Uuid::parse(app.get("/api/auth/me")["user.id"]);
}

} // namespace

TEST_CASE("notifications: told in the reader's language, counted, read one by one or all at once") {
    TestApp app;
    notify(app, form_came_in());
    app.advance(1s);
    notify(app, {.kind = "letter_failed", .facts = Json{R"({"to":"kim@example.com","reason":"no such mailbox"})"}});
    auto list = app.get("/api/notifications?limit=1");
    CHECK(list.status == 200);
    CHECK(list["unread"] == "2");
    CHECK(list["total"] == "2");
    CHECK(list["items.0.title"] == "A letter to kim@example.com could not be sent: no such mailbox");
    auto rest = app.get("/api/notifications?language=es&limit=1&cursor=" + list["next"]);
    CHECK(rest["items.0.title"] == "Llegó un formulario: Viewing request");
    CHECK(rest["items.0.link"] == "/console/forms/1");
    CHECK(rest["items.0.read_at"] == "null");

    auto id = rest["items.0.id"];
    CHECK(app.post("/api/notifications/" + id + "/read")["unread"] == "1");
    CHECK(app.post("/api/notifications/" + id + "/read")["unread"] == "1");
    CHECK(app.get("/api/notifications?unread=true")["total"] == "1");
    CHECK(app.other().post("/api/notifications/" + id + "/read").status == 404);
    CHECK(app.other().get("/api/notifications")["total"] == "0");
    CHECK(app.post("/api/notifications/read-all")["unread"] == "0");
    CHECK(app.stranger().get("/api/notifications").status == 401);
}

TEST_CASE("notifications: whoever did it is not told of it; who is named is, whatever their role") {
    TestApp app;
    notify(app, form_came_in(), {Actor::Kind::user, me(app), "Ada"});
    CHECK(app.get("/api/notifications")["total"] == "0");
    notify(app, {.kind = "onboarding_complete", .users = {me(app)}, .facts = Json{R"({"name":"Kim"})"}});
    CHECK(app.get("/api/notifications")["items.0.title"] == "Kim has finished the onboarding.");
}

TEST_CASE("notifications: an event that is news in itself is told without anybody asking") {
    TestApp app;
    auto client = app.make_client("kim@example.com");
    app.sender.answer({.kind = mail::SendResult::Kind::rejected, .reason = "the address is malformed"});
    app.post("/api/emails/send", R"({"client_id":")" + client + R"(","subject":"Hi","body":"Hello"})");
    app.run_jobs();
    auto list = app.get("/api/notifications");
    CHECK(list["total"] == "1");
    CHECK(list["items.0.title"] == "An e-mail to Kim Doe could not be sent: Hi");
    CHECK(list["items.0.link"] == "/console/people/" + client);
}

TEST_CASE("notifications: off is off, e-mail comes at once, and only once") {
    TestApp app;
    auto preferences = app.get("/api/notifications/preferences");
    CHECK(preferences["digest"] == "daily");
    CHECK(preferences.size("kinds") > 5);
    auto chosen = app.patch(
        "/api/notifications/preferences",
        R"({"language":"es","kinds":[{"kind":"form_submission","way":"email"},{"kind":"letter_failed","way":"off"}]})"
    );
    CHECK(chosen.status == 200);
    notify(app, {.kind = "letter_failed", .facts = Json{R"({"to":"a","reason":"b"})"}});
    notify(app, form_came_in());
    CHECK(app.get("/api/notifications")["total"] == "1");
    app.run_jobs();
    app.advance(10min);
    app.run_jobs();
    REQUIRE(app.letters.sent.size() == 1);
    CHECK(app.letters.sent[0].to.value == "ada@example.com");
    CHECK(app.letters.sent[0].text.find("Llegó un formulario: Viewing request") != std::string::npos);
    for (auto name : {"digest", "language", "weekly_summary", "monthly_summary", "kinds"}) {
        CAPTURE(name);
        auto nothing = app.patch("/api/notifications/preferences", R"({")" + std::string(name) + R"(":null})");
        CHECK(nothing.status == 422);
        CHECK(nothing["errors.0.field"] == name);
    }
    auto refused = app.patch("/api/notifications/preferences", R"({"kinds":[{"kind":"gossip","way":"off"}]})");
    CHECK(refused.status == 422);
    CHECK(refused["errors.0.field"] == "kinds.0.kind");
}

TEST_CASE("notifications: the digest comes at 8 in the morning of the account, with what is unread, once") {
    TestApp app; // Monday, 10:00
    app.patch(
        "/api/notifications/preferences", R"({"weekly_summary":false,"kinds":[{"kind":"form_submission","way":"in_app"}]})"
    );
    notify(app, form_came_in());
    notify(app, form_came_in());
    app.run_jobs();
    CHECK(app.letters.sent.empty());
    app.set_time("2030-03-05T12:59:00Z");
    app.run_jobs();
    CHECK(app.letters.sent.empty());
    app.set_time("2030-03-05T13:01:00Z");
    app.run_jobs();
    app.run_jobs();
    REQUIRE(app.letters.sent.size() == 1);
    CHECK(app.letters.sent[0].subject == "2 new for you at Ada Homes");
    app.set_time("2030-03-06T13:01:00Z");
    app.run_jobs();
    CHECK(app.letters.sent.size() == 1);

    notify(app, form_came_in());
    app.post("/api/notifications/read-all");
    app.set_time("2030-03-07T13:01:00Z");
    app.run_jobs();
    CHECK(app.letters.sent.size() == 1);

    app.patch("/api/notifications/preferences", R"({"digest":"weekly"})");
    notify(app, form_came_in()); // Thursday
    app.set_time("2030-03-10T13:01:00Z");
    app.run_jobs();
    CHECK(app.letters.sent.size() == 1);
    app.set_time("2030-03-11T12:01:00Z"); // Monday, 8:01 in summer time
    app.run_jobs();
    CHECK(app.letters.sent.size() == 2);

    app.patch("/api/notifications/preferences", R"({"digest":"off"})");
    notify(app, form_came_in());
    app.set_time("2030-03-20T13:01:00Z");
    app.run_jobs();
    CHECK(app.letters.sent.size() == 2);
}

TEST_CASE("notifications: letters about news and digests are each stopped by their own one-click link") {
    TestApp app;
    notify(app, form_came_in());
    app.run_jobs();
    REQUIRE(app.letters.sent.size() == 1);
    auto path = [](const std::string& url) { return url.substr(url.find("/n/")); };
    auto at_once = app.stranger().post(path(app.letters.sent[0].unsubscribe_url), "List-Unsubscribe=One-Click");
    CHECK(at_once.status == 200);
    CHECK(at_once.body.find("No more letters come about single news") != std::string::npos);
    notify(app, form_came_in());
    app.run_jobs();
    CHECK(app.letters.sent.size() == 1);
    CHECK(app.get("/api/notifications")["total"] == "2");

    app.set_time("2030-03-05T13:01:00Z");
    app.run_jobs();
    REQUIRE(app.letters.sent.size() == 2);
    CHECK(app.stranger().post(path(app.letters.sent[1].unsubscribe_url), "List-Unsubscribe=One-Click").status == 200);
    CHECK(app.get("/api/notifications/preferences")["digest"] == "off");
    notify(app, form_came_in());
    app.set_time("2030-03-06T13:01:00Z");
    app.run_jobs();
    CHECK(app.letters.sent.size() == 2);
}

TEST_CASE("notifications: every kind has its words in every language") {
    TestApp app;
    auto kinds = app.store.value("select string_agg(kind, ' ') from app.notice_kinds");
    std::istringstream words(kinds);
    for (std::string kind; words >> kind;) {
        CAPTURE(kind);
        for (auto language : enum_texts<mail::Language>()) {
            CHECK(find_phrase(language, "notice." + kind).has_value());
            CHECK(find_phrase(language, "notice_kind." + kind).has_value());
        }
    }
}
