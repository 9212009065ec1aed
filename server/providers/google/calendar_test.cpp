#include "providers/google/calendar.hpp"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>

#include "test/support/contract.hpp"
#include "test/support/raw_server.hpp"
#include "test/support/run.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using test::HttpDouble;
using Answer = HttpDouble::Answer;
using Kind = calendar::ProviderFailure::Kind;

namespace {

/// A Google that answers as a test says, its own discovery included.
struct Google {
    explicit Google(std::function<Answer(const HttpDouble::Seen&)> answer)
        : server([this, answer](const HttpDouble::Seen& seen) {
              if (seen.start_line.find("/.well-known/") != std::string::npos) return Answer{200, discovery(), {}};
              return answer(seen);
          }) {}

    std::string discovery() const {
        auto url = server.url();
        return R"({"issuer":")" + url + R"(","authorization_endpoint":")" + url + R"(/authorize","token_endpoint":")" + url +
               R"(/token","revocation_endpoint":")" + url + R"(/revoke","jwks_uri":")" + url + R"(/certs"})";
    }

    std::unique_ptr<calendar::CalendarProvider> make() {
        return providers::make_google_calendar(
            {{server.url(), "client", "secret", 400ms}, server.url("/calendar/v3/")}, client, clock
        );
    }
    auto calendars() {
        auto google = make();
        return test::run(io, google->calendars("token"));
    }
    auto refresh() {
        auto google = make();
        return test::run(io, google->refresh("1//refresh"));
    }
    auto revoke() {
        auto google = make();
        return test::run(io, google->revoke("1//refresh"));
    }

    boost::asio::io_context io;
    Clock clock;
    http::Client client{io};
    HttpDouble server;
};

std::string error(int code, const std::string& reason) {
    return R"({"error":{"errors":[{"domain":"global","reason":")" + reason + R"(","message":"x"}],"code":)" +
           std::to_string(code) + R"(,"message":"x"}})";
}

} // namespace

TEST_CASE("Google Calendar: what the list is asked for") {
    Google google([](const HttpDouble::Seen& seen) {
        bool first = seen.start_line.find("pageToken") == std::string::npos;
        return Answer{
            200, first ? R"({"items":[],"nextPageToken":"a/b+c"})" : R"({"items":[{"id":"x","summary":"X"},{"id":""}]})", {}
        };
    });
    auto found = google.calendars();
    REQUIRE(found.has_value());
    CHECK(found->size() == 1);
    CHECK_FALSE(found->at(0).writable);
    auto asked = google.server.seen();
    REQUIRE(asked.size() == 2); // an empty page is not the last one
    CHECK(asked[0].start_line == "GET /calendar/v3/users/me/calendarList?maxResults=250 HTTP/1.1");
    CHECK(asked[0].head.find("Authorization: Bearer token\r\n") != std::string::npos);
    CHECK(asked[1].start_line.find("&pageToken=a%2Fb%2Bc ") != std::string::npos);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        asked[i].body = "null";
        test::record_request("google_calendar_list.request." + std::to_string(i), asked[i]);
    }
}

TEST_CASE("Google Calendar: what its errors mean") {
    struct Case {
        int status;
        std::string body;
        Kind kind;
        std::size_t calls;
    };
    for (auto& one : std::vector<Case>{
             {403, error(403, "rateLimitExceeded"), Kind::again, 3},
             {403, error(403, "userRateLimitExceeded"), Kind::again, 3},
             {403, error(403, "quotaExceeded"), Kind::again, 3},
             {429, error(429, "rateLimitExceeded"), Kind::again, 3},
             {500, error(500, "backendError"), Kind::again, 3},
             {503, "<html>later</html>", Kind::again, 3},
             {401, error(401, "authError"), Kind::unauthorized, 1},
             {403, error(403, "insufficientPermissions"), Kind::forbidden, 1},
             {403, error(403, "accessNotConfigured"), Kind::refused, 1},
             {403, "<html>blocked</html>", Kind::refused, 1},
             {404, error(404, "notFound"), Kind::refused, 1},
             {200, "no JSON", Kind::again, 3},
         }) {
        CAPTURE(one.status);
        CAPTURE(one.body);
        Google google([&](const HttpDouble::Seen&) { return Answer{one.status, one.body, {}}; });
        auto found = google.calendars();
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().kind == one.kind);
        CHECK(google.server.seen().size() == one.calls);
    }
}

TEST_CASE("Google Calendar: what it says to wait is waited for, a moment here and longer by a job") {
    Google google([](const HttpDouble::Seen&) { return Answer{503, error(503, "backendError"), "Retry-After: 60\r\n"}; });
    auto found = google.calendars();
    CHECK(found.error().retry_after == 60s);
    CHECK(google.server.seen().size() == 1);
}

TEST_CASE("Google Calendar: a list without an end") {
    Google google([](const HttpDouble::Seen&) { return Answer{200, R"({"items":[],"nextPageToken":"again"})", {}}; });
    CHECK(google.calendars().error().kind == Kind::refused);
    CHECK(google.server.seen().size() == 40);
}

TEST_CASE("Google Calendar: a refresh, and what ends it") {
    auto with = [](int status, const std::string& body) {
        Google google([&](const HttpDouble::Seen&) { return Answer{status, body, {}}; });
        auto got = google.refresh();
        CHECK(
            google.server.seen().back().body ==
            "grant_type=refresh_token&refresh_token=1%2F%2Frefresh&client_id=client&client_secret=secret"
        );
        return got;
    };
    auto good = with(200, R"({"access_token":"a","expires_in":3599,"token_type":"Bearer","scope":"x  y"})");
    REQUIRE(good.has_value());
    CHECK(good->access_token == "a");
    CHECK(good->expires_in == 3599s);
    CHECK(good->refresh_token.empty());
    CHECK(good->scopes == std::vector<std::string>{"x", "y"});
    CHECK(with(400, R"({"error":"invalid_grant"})").error().kind == Kind::dead);
    for (std::string word : {"invalid_client", "unauthorized_client", "invalid_request"})
        CHECK(with(401, R"({"error":")" + word + "\"}").error().kind == Kind::again);
    CHECK(with(400, "invalid_grant").error().kind == Kind::again); // whoever that was, it was not Google
    CHECK(with(500, "{}").error().kind == Kind::again);
    CHECK(with(200, R"({"access_token":"a"})").error().kind == Kind::again);
}

TEST_CASE("Google Calendar: revoked, or dead already") {
    auto with = [](int status, const std::string& body) {
        Google google([&](const HttpDouble::Seen&) { return Answer{status, body, {}}; });
        auto ended = google.revoke();
        CHECK(google.server.seen().back().body == "token=1%2F%2Frefresh");
        return ended.has_value();
    };
    CHECK(with(200, "{}"));
    CHECK(with(200, ""));
    CHECK(with(400, R"({"error":"invalid_token"})"));
    CHECK_FALSE(with(400, R"({"error":"invalid_request"})"));
    CHECK_FALSE(with(503, "later"));
}
