// Connecting a Google Calendar: who may, where, once.
#include "test/support/calendar_browser.hpp"

#include "core/crypto.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

constexpr std::string_view settings = "/console/settings/calendar?calendar=";

std::string at_settings(const std::string& result) {
    return std::string(settings) + result;
}

std::string parameter(const std::string& query, std::string_view name) {
    auto fields = http::parse_form(query);
    for (const auto& [field, value] : *fields) {
        if (field == name) return value;
    }
    return {};
}

std::string stored(TestApp& app) {
    return app.store.value("select count(*) from google_credentials");
}

} // namespace

TEST_CASE("Calendar: what Google is asked for") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    CHECK(browser.connection()["state"] == "none");
    CHECK(browser.connection()["available"] == "true");
    auto asked = browser.begin();
    CHECK(
        parameter(asked, "scope") ==
        "openid email https://www.googleapis.com/auth/calendar.events https://www.googleapis.com/auth/calendar.freebusy "
        "https://www.googleapis.com/auth/calendar.calendarlist.readonly"
    );
    CHECK(parameter(asked, "access_type") == "offline");
    CHECK(parameter(asked, "prompt") == "consent");
    CHECK(parameter(asked, "include_granted_scopes") == "true");
    CHECK(parameter(asked, "code_challenge_method") == "S256");
    CHECK(parameter(asked, "redirect_uri") == "http://app.test/api/calendar/oauth/callback");
    CHECK(parameter(asked, "state").size() == 43);
    auto page = app.stranger().get("/sandbox/google/authorize?" + asked);
    CHECK(page.body.find("See the list of Google calendars") != std::string::npos);
}

TEST_CASE("Calendar: connected, and back on the page that began") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    auto back =
        browser.choose(browser.begin("onboarding"), "bea.torres@example.com", {"events", "freebusy", "calendarlist.readonly"});
    CHECK(browser.end(back) == "/onboarding?calendar=connected");
    auto connection = browser.connection();
    CHECK(connection["connected"] == "true");
    CHECK(connection["state"] == "connected");
    CHECK(connection["email"] == "bea.torres@example.com");
    CHECK(connection.size("missing_scopes") == 0);
    CHECK(connection["booking_calendar_id"] == "primary");
    CHECK(connection["connected_at"].starts_with("2030-03-04T15:0"));
    CHECK(app.get("/api/audit?action=calendar_connected")["items.0.subject.name"] == "bea.torres@example.com");
    CHECK(app.get("/api/audit?action=calendar_connected")["items.0.actor.name"] == "Ada");
    // Already known at Google as Ada's: it is suggested when she connects again.
    CHECK(parameter(browser.begin(), "login_hint") == "bea.torres@example.com");
}

TEST_CASE("Calendar: tokens are sealed, and in no archive") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    CHECK(browser.connect() == at_settings("connected"));
    auto hashes = app.store.value("select string_agg(token_hash, ' ') from sandbox.google_access");
    auto row = app.store.value("select row_to_json(c)::text from google_credentials c");
    CHECK(row.find("ya29.") == std::string::npos);
    CHECK(row.find("1//") == std::string::npos);
    auto sealed = app.store.value("select refresh_sealed from google_credentials");
    Sealer sealer(std::string(32, 'k'));
    auto account = app.get("/api/auth/me")["account.id"];
    auto refresh = sealer.open(sealed, "google token of " + account + " " + browser.id);
    REQUIRE(refresh.has_value());
    CHECK(refresh->starts_with("1//"));
    CHECK(hashes.find(sha256_hex(*refresh)) != std::string::npos);
    // Bound to its row: another person's can't be put there.
    CHECK_FALSE(sealer.open(sealed, "google token of " + account + " " + account).has_value());
    auto data = app.store.value(
        "select string_agg(r.data::text, ' ') from app.account_tables() t, app.table_rows(t, '" + account +
        "', '00000000-0000-0000-0000-000000000000', 100) r where t like 'google%'"
    );
    CHECK(data.find("bea.torres@example.com") != std::string::npos);
    CHECK(data.find(sealed) == std::string::npos);
    CHECK(data.find("_sealed") == std::string::npos);
}

TEST_CASE("Calendar: a state that is forged, replayed, too old, another browser's or another person's") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    const std::vector<std::string> all{"events", "freebusy", "calendarlist.readonly"};
    auto expired = at_settings("failed&reason=expired");
    std::string kept = "0";
    SUBCASE("forged") {
        browser.begin();
        CHECK(browser.end("/api/calendar/oauth/callback?code=4/x&state=" + browser.id) == expired);
        CHECK(browser.end("/api/calendar/oauth/callback?code=4/x") == expired);
        CHECK(browser.end("/api/calendar/oauth/callback") == expired);
        CHECK(browser.end("/api/calendar/oauth/callback?error=access_denied&state=x") == expired);
    }
    SUBCASE("replayed") {
        auto back = browser.choose(browser.begin(), "bea.torres@example.com", all);
        CHECK(browser.end(back) == at_settings("connected"));
        CHECK(browser.end(back) == expired);
        kept = "1";
    }
    SUBCASE("too old") {
        auto back = browser.choose(browser.begin(), "bea.torres@example.com", all);
        app.advance(std::chrono::minutes(10));
        CHECK(browser.end(back) == expired);
    }
    SUBCASE("another browser's") {
        auto back = browser.choose(browser.begin(), "bea.torres@example.com", all);
        auto own = browser.cookie;
        browser.cookie = "doorstep_calendar=" + std::string(43, 'x');
        CHECK(browser.end(back) == expired);
        browser.cookie.clear();
        CHECK(browser.end(back) == expired);
        // Who tries that takes nothing away from the one who began.
        browser.cookie = own;
        CHECK(browser.end(back) == at_settings("connected"));
        kept = "1";
    }
    SUBCASE("another person's") {
        // The attacker's consent, planted in a browser where somebody else is signed in, with the attacker's cookie.
        auto back = browser.choose(browser.begin(), "bea.torres@example.com", all);
        CHECK(browser.end(back, app.other()) == at_settings("failed&reason=other_user"));
        CalendarBrowser agent(app, app.join("agent"));
        back = browser.choose(browser.begin(), "bea.torres@example.com", all);
        CHECK(browser.end(back, agent.who) == at_settings("failed&reason=other_user"));
    }
    SUBCASE("of a session that has ended") {
        auto back = browser.choose(browser.begin(), "bea.torres@example.com", all);
        CHECK(browser.who.post("/api/auth/logout").status == 204);
        CHECK(browser.end(back, app.stranger()) == at_settings("failed&reason=signed_out"));
    }
    CHECK(stored(app) == kept);
}

TEST_CASE("Calendar: the access token may run out while the person reads Google's page") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    app.advance(std::chrono::minutes(8));
    auto back = browser.choose(browser.begin(), "bea.torres@example.com", {"events", "freebusy", "calendarlist.readonly"});
    app.advance(std::chrono::minutes(9));
    // The browser brings its cookies as they are; nothing renews them on the way back from Google.
    Visitor late(app, browser.who.token());
    CHECK(browser.end(back, late) == at_settings("connected"));
    CHECK(browser.connection()["connected"] == "true");
    CHECK(app.get("/api/audit?action=calendar_connected")["items.0.actor.name"] == "Ada");
}

TEST_CASE("Calendar: refused by the person, by policy, by Google") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    CHECK(browser.connect("deny") == at_settings("refused"));
    auto answered = [&](const std::string& words) {
        auto state = parameter(browser.begin(), "state");
        return browser.end("/api/calendar/oauth/callback?state=" + state + "&" + words);
    };
    CHECK(answered("error=admin_policy_enforced") == at_settings("failed&reason=policy"));
    CHECK(answered("error=server_error") == at_settings("failed&reason=google"));
    CHECK(answered("scope=openid") == at_settings("failed&reason=google"));
    CHECK(answered("code=4/nobody-knows-it") == at_settings("failed&reason=google"));
    auto with_fault = [&](const std::string& fault) {
        auto back = browser.choose(browser.begin(), "bea.torres@example.com", {"events", "freebusy", "calendarlist.readonly"});
        browser.fault(fault);
        return browser.end(back);
    };
    CHECK(with_fault(R"("mode":"error")") == at_settings("failed&reason=unreachable"));
    CHECK(with_fault(R"("mode":"garbage")") == at_settings("failed&reason=unreachable"));
    CHECK(with_fault(R"("mode":"error","status":400)") == at_settings("failed&reason=google"));
    auto back = browser.choose(browser.begin(), "bea.torres@example.com", {"events"});
    REQUIRE(app.stranger().post("/sandbox/google/trick", R"({"trick":"wrong_nonce"})").status == 204);
    CHECK(browser.end(back) == at_settings("failed&reason=untrusted"));
    CHECK(browser.connection()["state"] == "none");
    CHECK(stored(app) == "0");
}

TEST_CASE("Calendar: less is granted than was asked for") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    CHECK(browser.connect("bea.torres@example.com", {}) == at_settings("refused&reason=scopes_missing"));
    CHECK(stored(app) == "0");
    CHECK(browser.connect("bea.torres@example.com", {"events"}) == at_settings("connected&reason=scopes_missing"));
    auto connection = browser.connection();
    CHECK(connection["connected"] == "true");
    CHECK(connection.size("missing_scopes") == 2);
    CHECK(connection["missing_scopes.0"] == "https://www.googleapis.com/auth/calendar.freebusy");
    CHECK(browser.calendars().status == 409);
    CHECK(browser.calendars()["code"] == "scope_missing");
    // What was granted before counts along.
    CHECK(browser.connect("bea.torres@example.com", {"freebusy", "calendarlist.readonly"}) == at_settings("connected"));
    CHECK(browser.connection().size("missing_scopes") == 0);
    CHECK(browser.calendars().status == 200);
}

TEST_CASE("Calendar: connecting again replaces, and never loses a refresh token") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    CHECK(browser.connect() == at_settings("connected"));
    auto before = app.store.value("select refresh_sealed from google_credentials");
    CHECK(
        browser.who.patch(browser.path("calendars"), R"({"busy_calendar_ids":["en.usa#holiday@group.v.calendar.google.com"]})")
            .status == 200
    );
    SUBCASE("the answer has no refresh token") {
        auto asked = browser.begin();
        auto silent = asked.replace(asked.find("prompt=consent"), 14, "prompt=none");
        CHECK(browser.end(browser.choose(silent, "bea.torres@example.com", {"events"})) == at_settings("connected"));
        CHECK(app.store.value("select refresh_sealed from google_credentials") == before);
        app.advance(std::chrono::hours(2));
        CHECK(browser.calendars().status == 200);
    }
    SUBCASE("the same account at Google: the choice stays") {
        CHECK(browser.connect() == at_settings("connected"));
        CHECK(app.store.value("select refresh_sealed from google_credentials") != before);
        CHECK(browser.connection().size("busy_calendar_ids") == 2);
        CHECK(app.store.value("select count(*) from google_revocations") == "0");
    }
    SUBCASE("another account at Google: the grant of the one before is ended") {
        CHECK(browser.connect("alex.morgan@example.com") == at_settings("connected"));
        CHECK(browser.connection()["email"] == "alex.morgan@example.com");
        CHECK(browser.connection()["busy_calendar_ids.0"] == "primary");
        app.run_jobs();
        CHECK(app.store.value("select string_agg(email, ',') from sandbox.google_grants") == "alex.morgan@example.com");
        CHECK(app.store.value("select count(*) from google_revocations") == "0");
    }
    CHECK(stored(app) == "1");
    if (browser.connection()["email"] == "bea.torres@example.com")
        CHECK(app.get("/api/audit?action=calendar_reconnected").size("items") == 1);
}

TEST_CASE("Calendar: a first grant without a refresh token is none") {
    TestApp app{Providers::sandbox};
    CalendarBrowser browser(app);
    CHECK(browser.connect() == at_settings("connected"));
    app.store.exec("delete from google_credentials; delete from google_revocations");
    auto asked = browser.begin();
    asked.replace(asked.find("prompt=consent"), 14, "prompt=none");
    CHECK(
        browser.end(browser.choose(asked, "bea.torres@example.com", {"events"})) ==
        at_settings("failed&reason=no_refresh_token")
    );
    CHECK(stored(app) == "0");
}

TEST_CASE("Calendar: one's own alone, by who is signed in") {
    TestApp app{Providers::sandbox};
    CalendarBrowser ada(app);
    CalendarBrowser bob(app, app.other());
    CalendarBrowser agent(app, app.join("agent"));
    CHECK(ada.connect() == at_settings("connected"));
    for (auto* somebody : {&bob, &agent}) {
        CHECK(somebody->who.get("/api/calendar/oauth/" + ada.id).status == 404);
        CHECK(somebody->who.get(ada.path("credentials")).status == 404);
        CHECK(somebody->who.get(ada.path("calendars")).status == 404);
        CHECK(somebody->who.patch(ada.path("calendars"), R"({"booking_calendar_id":"primary"})").status == 404);
        CHECK(somebody->who.del(ada.path("credentials")).status == 404);
    }
    CHECK(app.stranger().get("/api/calendar/oauth/" + ada.id).status == 401);
    CHECK(app.stranger().get(ada.path("credentials")).status == 401);
    CHECK(ada.who.get("/api/calendar/oauth/" + ada.id + "?return_to=https://evil.test").status == 422);
    auto key = app.post("/api/api-keys", R"({"name":"x","scopes":["calendar:read","calendar:write"]})")["api_key"];
    Visitor program(app, key);
    CHECK(program.get(ada.path("credentials"))["connected"] == "true");
    CHECK(program.get("/api/calendar/oauth/" + ada.id).status == 403);
    CHECK(ada.connection()["connected"] == "true");
}

TEST_CASE("Calendar: without a Google client nobody connects") {
    TestApp app;
    auto id = app.get("/api/auth/me")["user.id"];
    CHECK(app.get("/api/calendar/" + id + "/credentials")["available"] == "false");
    auto refused = app.get("/api/calendar/oauth/" + id);
    CHECK(refused.status == 503);
    CHECK(refused["code"] == "no_google_client");
}
