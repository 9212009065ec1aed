#include "providers/sendgrid/events.hpp"

#include <doctest/doctest.h>

#include "core/crypto.hpp"
#include "core/error.hpp"

using namespace doorstep;
using namespace doorstep::providers;

namespace {

const P256KeyPair keys = make_p256_key();
const Time now{std::chrono::seconds{1'900'000'000}};

http::Request signed_at(std::int64_t timestamp, std::string body) {
    http::Request request;
    request.headers.add("X-Twilio-Email-Event-Webhook-Timestamp", std::to_string(timestamp));
    auto signature = sign_p256(keys.private_key_pem, std::to_string(timestamp) + body);
    request.headers.add("X-Twilio-Email-Event-Webhook-Signature", base64_encode(signature));
    request.body = std::move(body);
    return request;
}

int status_of(const http::Request& request) {
    auto source = make_sendgrid_events(keys.public_key, std::chrono::seconds{600});
    try {
        source->verify(request, now);
        return 200;
    } catch (const Error& error) {
        return error.status;
    }
}

} // namespace

TEST_CASE("a webhook counts only when signed, unchanged and within ten minutes of the product's clock") {
    CHECK(status_of(signed_at(1'900'000'000, "[]\r\n")) == 200);
    CHECK(status_of(signed_at(1'900'000'000 - 590, "[]")) == 200);
    CHECK(status_of(signed_at(1'900'000'000 - 605, "[]")) == 401);
    CHECK(status_of(signed_at(1'900'000'000 + 605, "[]")) == 401);
    auto changed = signed_at(1'900'000'000, "[]");
    changed.body += " ";
    CHECK(status_of(changed) == 401);
    CHECK(status_of(http::Request{}) == 401);
}

TEST_CASE("events are read in neutral words; what is none does not hold up the others") {
    auto source = make_sendgrid_events(keys.public_key, std::chrono::seconds{600});
    auto batch = source->parse(R"([
        {"email":"a@example.com","timestamp":1900000000,"event":"open","sg_event_id":"e1","sg_message_id":"a.b.filter0.recv",
         "email_id":"0190a000-0000-7000-8000-000000000001","sg_machine_open":true,"category":"tour","useragent":"x","ip":"192.0.2.1"},
        {"event":"bounce","timestamp":1900000001,"type":"blocked","reason":"busy","sg_event_id":"e2"},
        {"event":"bounce","timestamp":1900000002,"type":"bounce","status":"5.1.1","sg_event_id":"e3"},
        {"event":"click"}, 7, {"timestamp":1,"event":5}
    ])");
    CHECK(batch.malformed == 3);
    REQUIRE(batch.events.size() == 3);
    auto& open = batch.events[0];
    CHECK(open.machine);
    CHECK(open.email_id.has_value());
    CHECK(open.provider_ids == std::vector<std::string>{"a.b.filter0.recv", "a.b.filter0", "a.b", "a"});
    CHECK(!batch.events[1].hard);
    CHECK(batch.events[1].reason == "busy");
    CHECK(batch.events[2].hard);
    CHECK_THROWS_AS(source->parse("nonsense"), Error);
    CHECK_THROWS_AS(source->parse("7"), Error);
    // Without an id of its own, the event's bytes are its id: a repetition is recognised.
    auto twice = source->parse(R"([{"event":"open","timestamp":1},{"event":"open","timestamp":1}])");
    CHECK(twice.events[0].id == twice.events[1].id);
}

TEST_CASE("sendgrid events: machines are known by what they call themselves") {
    auto events = providers::make_sendgrid_events("", std::chrono::seconds(600));
    auto machine = [&](const std::string& event, const std::string& agent) {
        auto batch = events->parse(R"([{"event":")" + event + R"(","timestamp":1,"useragent":")" + agent + "\"}]");
        REQUIRE(batch.events.size() == 1);
        return batch.events[0].machine;
    };
    CHECK(machine("open", "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0.0.0"));
    CHECK(machine("click", "python-requests/2.31"));
    CHECK(machine("click", "Mozilla/5.0 (compatible; Barracuda Sentinel)"));
    CHECK(!machine("click", "Mozilla/5.0"));
    CHECK(!machine("open", "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"));
    CHECK(!machine("click", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"));
    CHECK(!machine("delivered", "curl/8"));
}
