#include "providers/sendgrid/event_signature.hpp"

#include <doctest/doctest.h>

#include "core/crypto.hpp"

using namespace doorstep;
using providers::split_verification_keys;
using providers::verify_sendgrid_events;

namespace {

const std::string body = "[{\"email\":\"a@example.com\",\"event\":\"open\"}]\r\n";

struct Signed {
    P256KeyPair pair = make_p256_key();
    std::string timestamp = "1795222800";
    std::string signature = base64_encode(sign_p256(pair.private_key_pem, timestamp + body));

    http::Headers headers() const {
        http::Headers headers;
        headers.add("x-twilio-email-event-webhook-signature", signature);
        headers.add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        return headers;
    }
    std::vector<std::string> keys() const { return {pair.public_key}; }
};

std::string as_pem(std::string_view key) {
    std::string text = "-----BEGIN PUBLIC KEY-----\n";
    for (; key.size() > 64; key.remove_prefix(64)) text += std::string(key.substr(0, 64)) + "\n";
    return text + std::string(key) + "\n-----END PUBLIC KEY-----\n";
}

} // namespace

TEST_CASE("event signature: what SendGrid signed is believed, with its time") {
    Signed events;
    auto time = verify_sendgrid_events(events.keys(), events.headers(), body);
    REQUIRE(time.has_value());
    CHECK(time->time_since_epoch().count() == 1795222800);
}

TEST_CASE("event signature: keys as configured: base64 or PEM, several while one is replaced") {
    Signed events;
    auto other = make_p256_key().public_key;
    for (const auto& configured : {
             events.pair.public_key,
             " " + events.pair.public_key + "\n",
             other + "," + events.pair.public_key,
             other + " \n" + events.pair.public_key,
             as_pem(events.pair.public_key),
             as_pem(other) + "," + as_pem(events.pair.public_key) + other,
         }) {
        CAPTURE(configured);
        CHECK(verify_sendgrid_events(split_verification_keys(configured), events.headers(), body).has_value());
    }
    CHECK(split_verification_keys(other + ", " + other).size() == 2);
    CHECK(split_verification_keys(as_pem(other) + as_pem(other) + other).size() == 3);
    CHECK(split_verification_keys(" , \n").empty());
}

TEST_CASE("event signature: anything else is not believed") {
    Signed events;
    auto refused = [&](const http::Headers& headers, std::string_view text = body) {
        return !verify_sendgrid_events(events.keys(), headers, text).has_value();
    };
    CHECK(refused(events.headers(), body.substr(0, body.size() - 2))); // the final line break is signed too
    CHECK(refused(events.headers(), body + " "));
    CHECK(refused({}));

    for (auto header : {"X-Twilio-Email-Event-Webhook-Signature", "X-Twilio-Email-Event-Webhook-Timestamp"}) {
        CAPTURE(header);
        auto missing = events.headers();
        missing.remove(header);
        CHECK(refused(missing));
        auto twice = events.headers();
        twice.add(header, std::string(*twice.find(header)));
        CHECK(refused(twice));
        auto empty = events.headers();
        empty.set(header, "");
        CHECK(refused(empty));
    }
    for (auto timestamp : {"1795222801", " 1795222800", "1795222800.0", "-1", "0x6b", "99999999999999999999"}) {
        CAPTURE(timestamp);
        auto headers = events.headers();
        headers.set("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        CHECK(refused(headers));
    }
    for (const auto& signature :
         {std::string("AAAA"), "!" + events.signature, events.signature.substr(4), base64_encode(std::string(64, 'r'))}) {
        CAPTURE(signature);
        auto headers = events.headers();
        headers.set("X-Twilio-Email-Event-Webhook-Signature", signature);
        CHECK(refused(headers));
    }
    CHECK_FALSE(verify_sendgrid_events({}, events.headers(), body).has_value());
    CHECK_FALSE(verify_sendgrid_events({make_p256_key().public_key}, events.headers(), body).has_value());
    CHECK_FALSE(verify_sendgrid_events({"no key", ""}, events.headers(), body).has_value());
}
