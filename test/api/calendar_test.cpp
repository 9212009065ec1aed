// A connected Google Calendar: its tokens, its calendars, its end.
#include "test/support/calendar_browser.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <fmt/format.h>

#include "modules/calendar/provider.hpp"
#include "test/support/contract.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

using Granted = std::expected<calendar::Access, calendar::NoAccess>;
using calendar::NoAccess;

const std::string family = "en.usa#holiday@group.v.calendar.google.com";

struct Connected : CalendarBrowser {
    explicit Connected(TestApp& app) : CalendarBrowser(app) {
        REQUIRE(connect() == "/console/settings/calendar?calendar=connected");
        user = Id<accounts::User>{*Uuid::parse(id)};
    }

    Granted access(std::string refused = "") {
        auto ctx = app.context();
        return app.run(app.modules().calendar.access(ctx, user, std::move(refused)));
    }
    std::size_t told() const {
        return std::stoul(app.store.value("select count(*) from notices where kind = 'calendar_reconnect_needed'"));
    }
    std::string work() const {
        return app.store.value(
            "select coalesce(string_agg(kind || ' ' || state, ','), '') from app.jobs where kind like 'calendar.%'"
        );
    }

    Id<accounts::User> user;
};

} // namespace

TEST_CASE("Calendar: an access token is used until a minute before its end") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    auto first = ada.access();
    REQUIRE(first.has_value());
    CHECK(first->booking_calendar_id == "primary");
    CHECK(first->busy_calendar_ids == std::vector<std::string>{"primary"});
    CHECK(ada.calls("token") == 1);
    app.advance(3500s);
    CHECK(ada.access()->token == first->token);
    app.advance(45s); // within the last minute
    auto next = ada.access();
    REQUIRE(next.has_value());
    CHECK(next->token != first->token);
    CHECK(ada.calls("token") == 2);
    // One that Google refuses is renewed before its time, once.
    auto third = ada.access(next->token);
    CHECK(third->token != next->token);
    CHECK(ada.access(next->token)->token == third->token);
    CHECK(ada.calls("token") == 3);
}

TEST_CASE("Calendar: many who need a token at once ask Google once") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    app.advance(2h);
    auto own_db = app.store.make_database(app.io, {});
    auto& parts = app.modules();
    Sealer sealer(std::string(32, 'k'));
    // Another process on the store, as far as its connections go.
    calendar::Calendar elsewhere(
        {.db = *own_db,
         .audit = parts.audit,
         .events = parts.events,
         .notifications = parts.notifications,
         .sealer = sealer,
         .google = &app.google_calendar(),
         .public_url = "http://app.test"}
    );
    auto ctx = app.context();
    std::vector<std::future<Granted>> waiting;
    for (int i = 0; i < 6; ++i) {
        auto& there = i % 2 ? elsewhere : parts.calendar;
        waiting.push_back(boost::asio::co_spawn(app.io, there.access(ctx, ada.user), boost::asio::use_future));
    }
    auto all_done = [&] {
        return std::ranges::all_of(waiting, [](auto& one) { return one.wait_for(0s) == std::future_status::ready; });
    };
    app.io.restart();
    while (!all_done()) app.io.run_one_for(100ms);
    std::set<std::string> tokens;
    for (auto& one : waiting) {
        auto got = one.get();
        REQUIRE(got.has_value());
        tokens.insert(got->token);
    }
    CHECK(tokens.size() == 1);
    CHECK(ada.calls("token") == 2); // the consent's, and one more
    own_db->close();
}

TEST_CASE("Calendar: whoever dies while asking is waited for no longer than a lease") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    app.advance(2h);
    app.store.exec(
        "update google_credentials set lease = gen_random_uuid(), leased_until = clock_timestamp() + interval '300 ms'"
    );
    CHECK(ada.access().has_value());
    CHECK(ada.calls("token") == 2);
}

TEST_CASE("Calendar: another refresh token replaces the one before") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    app.advance(2h);
    REQUIRE(app.stranger().post("/sandbox/google/rotate-refresh").status == 204);
    auto before = app.store.value("select refresh_sealed from google_credentials");
    CHECK(ada.access().has_value());
    CHECK(app.store.value("select refresh_sealed from google_credentials") != before);
    app.advance(2h);
    CHECK(ada.access().has_value()); // the old one is dead
    CHECK(ada.connection()["state"] == "connected");
}

TEST_CASE("Calendar: a new token outlasts the request that needed it") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    app.advance(2h);
    REQUIRE(app.stranger().post("/sandbox/google/rotate-refresh").status == 204);
    auto undone = [&](db::Session& tx) -> Task<> {
        auto ctx = app.context();
        ctx.outer = &tx;
        auto got = co_await app.modules().calendar.access(ctx, ada.user);
        CHECK(got.has_value());
        throw conflict("slot_taken", "Somebody was faster.");
    };
    auto ctx = app.context();
    CHECK_THROWS_AS(app.run(app.db().transaction(ctx, undone)), Error);
    app.advance(2h);
    CHECK(ada.access().has_value());
}

TEST_CASE("Calendar: a grant that has ended is told of once, and asked about no more") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    app.advance(2h);
    ada.revoke();
    auto refused = ada.access();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == NoAccess::Kind::reconnect_needed);
    CHECK(refused.error().why == "invalid_grant");
    CHECK(ada.calls("token") == 2);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(ada.access().has_value());
    CHECK(ada.calls("token") == 2);
    auto connection = ada.connection();
    CHECK(connection["connected"] == "false");
    CHECK(connection["state"] == "reconnect_needed");
    CHECK(connection["reason"] == "invalid_grant");
    CHECK(connection["email"] == "bea.torres@example.com");
    CHECK(ada.told() == 1);
    auto news = app.get("/api/notifications");
    CHECK(news["items.0.kind"] == "calendar_reconnect_needed");
    CHECK(news["items.0.title"].find("bea.torres@example.com") != std::string::npos);
    CHECK(news["items.0.link"] == "/console/settings/calendar");
    CHECK(app.get("/api/audit?action=calendar_lost")["items.0.after.reason"] == "invalid_grant");
    CHECK(ada.calendars()["code"] == "reconnect_needed");
    // Two who find out at the same time.
    auto ctx = app.context();
    app.run(app.modules().calendar.lost(ctx, ada.user, "unauthorized"));
    CHECK(ada.told() == 1);
    CHECK(ada.connection()["reason"] == "invalid_grant");
    // Only its owner hears of it.
    CalendarBrowser agent(app, app.join("agent"));
    CHECK(agent.who.get("/api/notifications").size("items") == 0);
    CHECK(ada.connect() == "/console/settings/calendar?calendar=connected");
    CHECK(ada.calendars().status == 200);
    CHECK(ada.connection()["reason"] == "null");
}

TEST_CASE("Calendar: an outage of Google's is none of the connection") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    app.advance(2h);
    for (std::string fault :
         {R"("mode":"error")", R"("mode":"rate_limit")", R"("mode":"rate_limit","status":403)",
          R"("mode":"error","status":401)", R"("mode":"garbage")"}) {
        CAPTURE(fault);
        ada.fault(fault);
        auto refused = ada.access();
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().kind == NoAccess::Kind::unreachable);
    }
    ada.fault(R"("mode":"error")");
    CHECK(ada.calendars().status == 503);
    CHECK(ada.connection()["connected"] == "true");
    CHECK(ada.access().has_value());
    CHECK(ada.told() == 0);
}

TEST_CASE("Calendar: all calendars, page by page, and which are used") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    auto list = ada.calendars();
    REQUIRE(list.size("items") == 4);
    CHECK(ada.calls("calendarList.list") == 2);
    CHECK(list["items.0.id"] == "bea.torres@example.com");
    CHECK(list["items.0.primary"] == "true");
    CHECK(list["items.0.books"] == "true");
    CHECK(list["items.0.busy"] == "true");
    CHECK(list["items.1.name"] == "Showings");
    CHECK(list["items.1.books"] == "false");
    CHECK(list["items.3.writable"] == "false");
    auto showings = list["items.1.id"];
    auto chosen = ada.who.patch(
        ada.path("calendars"),
        fmt::format(R"({{"booking_calendar_id":"{}","busy_calendar_ids":["primary","{}"]}})", showings, family)
    );
    CHECK(chosen["items.0.books"] == "false");
    CHECK(chosen["items.0.busy"] == "true");
    CHECK(chosen["items.1.books"] == "true");
    CHECK(chosen["items.1.busy"] == "true");
    CHECK(chosen["items.2.busy"] == "false");
    CHECK(chosen["items.3.busy"] == "true");
    CHECK(ada.connection()["booking_calendar_id"] == showings);
    CHECK(ada.connection().size("busy_calendar_ids") == 3);
    CHECK(ada.access()->booking_calendar_id == showings);
    CHECK(app.get("/api/audit?action=calendar_chosen")["items.0.after.booking_calendar_id"] == showings);
}

TEST_CASE("Calendar: a choice that can't be") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    auto fault = [&](const std::string& body) {
        auto reply = ada.who.patch(ada.path("calendars"), body);
        CHECK(reply.status == 422);
        return reply["errors.0.field"] + " " + reply["errors.0.code"];
    };
    CHECK(fault(R"({"booking_calendar_id":"nobody@example.com"})") == "booking_calendar_id unknown");
    CHECK(fault(R"({"booking_calendar_id":")" + family + "\"}") == "booking_calendar_id read_only");
    CHECK(fault(R"({"busy_calendar_ids":["primary","nobody@example.com"]})") == "busy_calendar_ids.1 unknown");
    CHECK(fault("{}") == "booking_calendar_id required");
    CHECK(fault(R"({"calendar":"primary"})") == "calendar unknown");
    CHECK(ada.connection()["booking_calendar_id"] == "primary");
}

TEST_CASE("Calendar: limits of Google's are waited for, whatever status they come with") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    ada.fault(R"("mode":"rate_limit","status":403)");
    CHECK(ada.calendars().status == 200);
    ada.fault(R"("mode":"error","status":500)");
    CHECK(ada.calendars().status == 200);
    ada.fault(R"("mode":"rate_limit","status":403,"count":3)");
    CHECK(ada.calendars()["code"] == "google_unreachable");
    CHECK(ada.connection()["connected"] == "true");
    // A 403 for good is another thing.
    app.store.exec("update sandbox.google_access set scope = 'openid email'");
    CHECK(ada.calendars()["code"] == "reconnect_needed");
    CHECK(ada.connection()["reason"] == "permission_lost");
    CHECK(ada.told() == 1);
}

TEST_CASE("Calendar: a token that Google no longer takes is renewed once") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    app.store.exec("delete from sandbox.google_access where kind = 'access'");
    CHECK(ada.calendars().status == 200);
    CHECK(ada.calls("token") == 2);
    ada.fault(R"("mode":"error","status":401,"count":2)");
    app.store.exec("delete from sandbox.google_access where kind = 'access'");
    CHECK(ada.calendars().status == 503); // the refresh was what went wrong
    CHECK(ada.connection()["connected"] == "true");
}

TEST_CASE("Calendar: each day a look, so that a dead connection is found before a client is booked") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    app.run_jobs();
    CHECK(ada.calls("token") == 1);
    app.advance(25h);
    app.run_jobs();
    CHECK(ada.calls("token") == 2);
    CHECK(ada.calls("calendarList.list") == 2);
    CHECK(ada.connection()["checked_at"].starts_with("2030-03-05T16:0"));
    app.run_jobs();
    CHECK(ada.calls("token") == 2);
    SUBCASE("an outage is waited out") {
        app.advance(25h);
        ada.fault(R"("mode":"error","count":2)");
        app.run_jobs();
        CHECK(ada.work() == "calendar.look_after waiting");
        app.advance(10min);
        app.run_jobs();
        app.advance(10min);
        app.run_jobs();
        CHECK(ada.connection()["connected"] == "true");
        CHECK(ada.calls("token") == 5);
    }
    SUBCASE("its end is found, and told once") {
        ada.revoke();
        app.advance(25h);
        app.run_jobs();
        CHECK(ada.connection()["state"] == "reconnect_needed");
        app.advance(25h);
        app.run_jobs();
        CHECK(ada.told() == 1);
        CHECK(ada.calls("token") == 3);
    }
}

TEST_CASE("Calendar: disconnected here at once, and at Google") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    CHECK(ada.who.del(ada.path("credentials")).status == 204);
    CHECK(ada.connection()["state"] == "none");
    CHECK(ada.calendars()["code"] == "not_connected");
    CHECK(app.store.value("select count(*) from google_credentials") == "0");
    CHECK(app.get("/api/audit?action=calendar_disconnected")["items.0.subject.name"] == "bea.torres@example.com");
    CHECK(ada.who.del(ada.path("credentials")).status == 204); // again: nothing
    CHECK(app.get("/api/audit?action=calendar_disconnected").size("items") == 1);
    SUBCASE("told by a job") {
        app.run_jobs();
        CHECK(ada.calls("revoke") == 1);
    }
    SUBCASE("Google is away for a while") {
        ada.fault(R"("mode":"error","status":503)");
        app.run_jobs();
        CHECK(app.store.value("select count(*) from google_revocations") == "1");
        app.advance(10min);
        app.run_jobs();
    }
    SUBCASE("it has ended there already") {
        ada.revoke();
        app.run_jobs();
        CHECK(ada.calls("revoke") == 1);
    }
    SUBCASE("connected again meanwhile: Google would end that too") {
        CHECK(ada.connect() == "/console/settings/calendar?calendar=connected");
        app.run_jobs();
        CHECK(ada.calls("revoke") == 0);
        app.advance(2h);
        CHECK(ada.access().has_value());
        CHECK(app.store.value("select count(*) from google_revocations") == "0");
        return;
    }
    CHECK(app.store.value("select count(*) from google_revocations") == "0");
    CHECK(app.store.value("select count(*) from sandbox.google_grants") == "0");
}

TEST_CASE("Calendar: who leaves or is deactivated loses the connection, and Google is told") {
    TestApp app{Providers::sandbox};
    CalendarBrowser agent(app, app.join("agent"));
    REQUIRE(agent.connect() == "/console/settings/calendar?calendar=connected");
    agent.begin(); // a consent under way goes along
    SUBCASE("deactivated") {
        CHECK(app.patch("/api/team/" + agent.id, R"({"active":false})").status == 200);
    }
    SUBCASE("removed") {
        CHECK(app.del("/api/team/" + agent.id).status == 204);
    }
    CHECK(app.store.value("select count(*) from google_credentials") == "0");
    CHECK(app.store.value("select count(*) from google_consents") == "0");
    app.run_jobs();
    CHECK(app.store.value("select count(*) from google_revocations") == "0");
    CHECK(app.store.value("select count(*) from sandbox.google_grants") == "0");
}

TEST_CASE("Calendar: the double's answers, kept for the contract") {
    TestApp app{Providers::sandbox};
    Connected ada(app);
    auto token = ada.access()->token;
    auto ask = [&](const std::string& query, const std::string& bearer) {
        return app.stranger().get(
            "/sandbox/google/calendar/v3/users/me/calendarList" + query, {{"Authorization", "Bearer " + bearer}}
        );
    };
    auto first = ask("", token);
    record_answer("google_calendar_list.answer.first", first.status, first.body);
    CHECK(first.size("items") == 3);
    auto rest = ask("?pageToken=" + first["nextPageToken"], token);
    record_answer("google_calendar_list.answer.rest", rest.status, rest.body);
    CHECK(rest.size("items") == 1);
    CHECK(rest["nextPageToken"] == "");
    auto unknown = ask("", "ya29.nobody");
    record_answer("google_calendar_error.answer.unknown_token", unknown.status, unknown.body);
    CHECK(unknown.status == 401);
    CHECK(unknown["error.errors.0.reason"] == "authError");
    CHECK(ask("?maxResults=0", token)["error.errors.0.reason"] == "invalid");
    CHECK(ask("?pageToken=x", token).status == 400);
    ada.fault(R"("mode":"rate_limit","status":403)");
    auto limited = ask("", token);
    record_answer("google_calendar_error.answer.limited", limited.status, limited.body);
    CHECK(limited["error.errors.0.domain"] == "usageLimits");
    CHECK(limited["error.code"] == "403");
}
