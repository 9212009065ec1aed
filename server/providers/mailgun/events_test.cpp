#include "providers/mailgun/events.hpp"

#include <doctest/doctest.h>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

using namespace doorstep;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view key = "signing-key";
const Time now = *parse_rfc3339("2030-03-04T15:00:00Z");

std::string seconds(Time time) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
}

std::string body(const std::string& timestamp, const std::string& token, const std::string& signature) {
    return R"({"signature":{"timestamp":")" + timestamp + R"(","token":")" + token + R"(","signature":")" + signature +
           R"("},"event-data":{}})";
}

std::string signed_body(Time at, std::string_view with = key) {
    auto timestamp = seconds(at);
    return body(timestamp, "tok", to_hex(hmac_sha256(with, timestamp + "tok")));
}

/// The token that counts once, or the error's code.
std::string verify(const std::string& raw, std::string_view keys = key) {
    http::Request request;
    request.body = raw;
    try {
        return providers::make_mailgun_events(keys)->verify(request, now);
    } catch (const Error& error) {
        CHECK((error.status == 401 || error.status == 400));
        return error.code;
    }
}

mail::EmailEventSource::Batch parse(const std::string& data) {
    return providers::make_mailgun_events(key)->parse(R"({"event-data":)" + data + "}");
}

} // namespace

TEST_CASE("mailgun's signature: right, and of either key of a rotation") {
    CHECK(verify(signed_body(now)) == "tok");
    CHECK(verify(signed_body(now - 11h)) == "tok");
    CHECK(verify(signed_body(now, "old"), "new, old") == "tok");
}

TEST_CASE("mailgun's signature: missing, wrong, stale or from the future is refused") {
    auto timestamp = seconds(now);
    auto good = to_hex(hmac_sha256(key, timestamp + "tok"));
    CHECK(verify(R"({"event-data":{}})") == "invalid_signature");
    CHECK(verify(R"({"signature":{},"event-data":{}})") == "invalid_signature");
    CHECK(verify(R"({"signature":null,"event-data":{}})") == "invalid_signature");
    CHECK(verify(body(timestamp, "", good)) == "invalid_signature");
    CHECK(verify(body(timestamp, "tok", "")) == "invalid_signature");
    CHECK(verify(body(timestamp, "tok2", good)) == "invalid_signature");
    CHECK(verify(body(timestamp, "tok", good.substr(0, 63))) == "invalid_signature");
    CHECK(verify(signed_body(now, "another-key")) == "invalid_signature");
    CHECK(verify(signed_body(now), "") == "invalid_signature");
    CHECK(verify(body("soon", "tok", to_hex(hmac_sha256(key, "soontok")))) == "invalid_signature");
    CHECK(verify(signed_body(now - 13h)) == "stale_signature");
    CHECK(verify(signed_body(now + 11min)) == "stale_signature");
    CHECK(verify("not json") == "malformed");
    CHECK(verify("[]") == "malformed");
}

TEST_CASE("mailgun's events: in our words, found by our id and by Mailgun's") {
    auto batch =
        parse(R"({"id":"e1","event":"clicked","timestamp":1898866800.25,"url":"https://example.com/x","ip":"203.0.113.9",
        "client-info":{"user-agent":"Firefox","client-type":"browser","bot":""},
        "user-variables":{"email_id":"0192f0c1-0000-7000-8000-000000000001"},"message":{"headers":{"message-id":"a@mg.example.com"}}})"
        );
    REQUIRE(batch.events.size() == 1);
    auto& event = batch.events[0];
    CHECK(event.event == "click");
    CHECK(event.id == "2030-03-04/e1");
    CHECK(format_rfc3339(event.at).starts_with("2030-03-04T15:00:00.25"));
    CHECK(event.email_id->text() == "0192f0c1-0000-7000-8000-000000000001");
    CHECK(event.provider_ids == std::vector<std::string>{"a@mg.example.com"});
    CHECK(event.url == "https://example.com/x");
    CHECK_FALSE(event.machine);

    auto word = [](const std::string& event, const std::string& more = "") {
        auto read = parse(R"({"id":"e","event":")" + event + R"(","timestamp":1898866800)" + more + "}");
        return read.events.empty() ? std::string() : read.events[0].event + (read.events[0].hard ? "!" : "");
    };
    CHECK(word("accepted") == "processed");
    CHECK(word("delivered") == "delivered");
    CHECK(word("opened") == "open");
    CHECK(word("complained") == "spamreport");
    CHECK(word("unsubscribed") == "unsubscribe");
    CHECK(word("failed", R"(,"severity":"permanent")") == "bounce!");
    CHECK(word("failed", R"(,"severity":"temporary")") == "deferred");
    CHECK(parse(R"({"id":"e","event":"opened","timestamp":1,"client-info":{"bot":"apple"}})").events[0].machine);
    auto failed = parse(R"({"id":"e","event":"failed","severity":"permanent","timestamp":1,
        "delivery-status":{"message":"5.1.1 no such user","code":550}})");
    CHECK(failed.events[0].reason == "5.1.1 no such user");
}

TEST_CASE("mailgun's events: what is none is counted and not believed") {
    for (auto bad :
         {R"({"event":"opened","timestamp":1})", R"({"id":"e","timestamp":1})", R"({"id":"e","event":"opened"})",
          R"({"id":"e","event":"opened","timestamp":-1})", R"({"id":"e","event":"opened","timestamp":1e99})", "7",
          R"({"id":"e","event":"opened","timestamp":1,"x":"\u0000"})"}) {
        CAPTURE(bad);
        auto batch = parse(bad);
        CHECK(batch.events.empty());
        CHECK(batch.malformed == 1);
    }
    CHECK_THROWS_AS(providers::make_mailgun_events(key)->parse("{}"), Error);
}
