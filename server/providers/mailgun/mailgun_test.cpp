#include "providers/mailgun/mailgun.hpp"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <map>

#include "core/crypto.hpp"
#include "core/json.hpp"
#include "test/support/contract.hpp"
#include "test/support/raw_server.hpp"
#include "test/support/run.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using mail::OutgoingEmail;
using mail::SendResult;
using test::HttpDouble;
using Answer = HttpDouble::Answer;
using Kind = SendResult::Kind;

namespace {

OutgoingEmail letter() {
    return {
        .email_id = "0192f0c1-0000-7000-8000-000000000001",
        .account_id = "acc",
        .from = {"no-reply@mg.example.com"},
        .from_name = "Åsa, \"Berg\"",
        .reply_to = Email{"reply@example.com"},
        .to = {"ana@example.com"},
        .to_name = "Ana Ruiz",
        .subject = "Tour & more ☀",
        .text = "Hi Ana",
        .html = "<p>Hi Ana</p>",
        .unsubscribe_url = "https://app.example.com/u/TOKEN",
    };
}

struct Sender {
    explicit Sender(Answer answer) : server([answer](const HttpDouble::Seen&) { return answer; }) {
        options = {.api_key = "key", .domain = "mg.example.com", .base_url = server.url("/"), .timeout = 400ms};
    }

    SendResult send(const OutgoingEmail& email = letter()) {
        auto sender = providers::make_mailgun(options, client, clock);
        return test::run(io, sender->send(email));
    }

    /// The form of the only request.
    std::map<std::string, std::string> form() {
        auto fields = http::parse_form(server.seen().at(0).body);
        REQUIRE(fields.has_value());
        return {fields->begin(), fields->end()};
    }

    /// For the contract: the form as the JSON object that the description describes.
    void record(std::string_view name) {
        auto seen = server.seen().at(0);
        seen.body.clear();
        JsonWriter json(seen.body);
        json.begin_object();
        for (const auto& [field, value] : form()) {
            json.key(field);
            json.string(value);
        }
        json.end_object();
        test::record_request(name, seen);
    }

    HttpDouble server;
    providers::MailgunOptions options;
    boost::asio::io_context io;
    http::Client client{io};
    Clock clock;
};

SendResult result_of(Answer answer) {
    return Sender(std::move(answer)).send();
}

const Answer accepted{.body = R"({"id":"<20300304.1a2b@mg.example.com>","message":"Queued. Thank you."})"};

} // namespace

TEST_CASE("mailgun: an accepted letter, as it went out; the id without its brackets") {
    Sender sender(accepted);
    auto result = sender.send();
    CHECK(result.kind == Kind::accepted);
    CHECK(result.provider_id == "20300304.1a2b@mg.example.com");
    auto seen = sender.server.seen().at(0);
    CHECK(seen.start_line == "POST /v3/mg.example.com/messages HTTP/1.1");
    CHECK(seen.head.find("\r\nAuthorization: Basic " + base64_encode("api:key") + "\r\n") != seen.head.npos);
    CHECK(seen.head.find("\r\nContent-Type: application/x-www-form-urlencoded\r\n") != seen.head.npos);
    auto form = sender.form();
    CHECK(form["from"].ends_with(" <no-reply@mg.example.com>"));
    CHECK(form["to"] == "\"Ana Ruiz\" <ana@example.com>");
    CHECK(form["subject"] == "Tour & more ☀");
    CHECK(form["text"] == "Hi Ana");
    CHECK(form["html"] == "<p>Hi Ana</p>");
    CHECK(form["h:Reply-To"] == "reply@example.com");
    CHECK(form["h:Message-Id"] == "<0192f0c1-0000-7000-8000-000000000001@mg.example.com>");
    CHECK(form["h:List-Unsubscribe"] == "<https://app.example.com/u/TOKEN>");
    CHECK(form["h:List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click");
    CHECK(form["v:email_id"] == "0192f0c1-0000-7000-8000-000000000001");
    CHECK(form["o:tracking-clicks"] == "htmlonly");
    CHECK_FALSE(form.contains("v:task_id"));
    sender.record("mailgun_messages.full");
}

TEST_CASE("mailgun: links that open something are not led through the click counter; what is missing is left out") {
    Sender sender(accepted);
    auto email = letter();
    email.private_links = true;
    email.to_name = email.from_name = email.html = email.unsubscribe_url = "";
    email.reply_to.reset();
    CHECK(sender.send(email).kind == Kind::accepted);
    auto form = sender.form();
    CHECK(form["o:tracking-clicks"] == "no");
    CHECK(form["to"] == "ana@example.com");
    for (auto absent : {"html", "h:Reply-To", "h:List-Unsubscribe", "h:List-Unsubscribe-Post"})
        CHECK_FALSE(form.contains(absent));
    sender.record("mailgun_messages.minimal");
}

TEST_CASE("mailgun: refused for good, in its own words, whichever form they have") {
    CHECK(
        result_of({.status = 400, .body = R"({"message":"from parameter is missing"})"}).reason ==
        "Mailgun answered 400: from parameter is missing"
    );
    CHECK(result_of({.status = 401, .body = "Forbidden"}).reason == "Mailgun answered 401: Forbidden");
    CHECK(result_of({.status = 401, .body = "\"Forbidden\""}).reason == "Mailgun answered 401: Forbidden");
    for (auto status : {301, 400, 401, 402, 403, 404, 413, 422}) {
        CAPTURE(status);
        CHECK(result_of({.status = status}).kind == Kind::rejected);
    }
}

TEST_CASE("mailgun: try later, and not before it says") {
    for (auto status : {408, 429, 500, 502, 503, 504}) {
        CAPTURE(status);
        CHECK(result_of({.status = status}).kind == Kind::later);
    }
    auto limited = R"({"message":"Domain example.com is not allowed to send: limit exceeded, try again after 120 seconds"})";
    for (auto& answer :
         {Answer{.status = 429, .body = limited}, Answer{.status = 429, .header_lines = "Retry-After: 120\r\n"}}) {
        auto result = result_of(answer);
        REQUIRE(result.retry_at.has_value());
        CHECK(*result.retry_at - Clock().now() > 110s);
        CHECK(*result.retry_at - Clock().now() <= 120s);
    }
    CHECK_FALSE(result_of({.status = 429, .body = "try again after a while"}).retry_at.has_value());
}

TEST_CASE("mailgun: nobody knows whether it was taken; nobody there: nothing was sent") {
    CHECK(result_of({.drop = true}).kind == Kind::ambiguous);
    CHECK(result_of({.hang = true}).kind == Kind::ambiguous);
    CHECK(result_of({.status = 200, .body = "<html>Welcome</html>"}).kind == Kind::ambiguous);
    CHECK(result_of({.status = 200, .body = R"({"id":7})"}).kind == Kind::ambiguous);
    Sender sender(accepted);
    sender.options.base_url = "http://127.0.0.1:1";
    CHECK(sender.send().kind == Kind::later);
}
