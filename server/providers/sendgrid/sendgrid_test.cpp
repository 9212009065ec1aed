#include "providers/sendgrid/sendgrid.hpp"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>

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

OutgoingEmail full_email() {
    return {
        .email_id = "0192f0c1-0000-7000-8000-000000000001",
        .account_id = "acc",
        .client_id = "cli",
        .task_id = "task",
        .from = {"agent@example.com"},
        .from_name = "Åsa \"The Agent\" Berg",
        .reply_to = Email{"reply@example.com"},
        .to = {"ana@example.com"},
        .to_name = "Ana Ruiz",
        .subject = "Your tour ☀",
        .text = "Hi Ana",
        .html = "<p>Hi Ana</p>",
        .unsubscribe_url = "https://app.example.com/u/TOKEN",
    };
}

struct Sender {
    explicit Sender(Answer answer) : server([answer](const HttpDouble::Seen&) { return answer; }) {
        options = {.api_key = "SG.key", .base_url = server.url("/"), .timeout = 400ms};
    }

    SendResult send(const OutgoingEmail& email = full_email()) {
        auto sender = providers::make_sendgrid(options, client, clock);
        return test::run(io, sender->send(email));
    }

    HttpDouble server;
    providers::SendGridOptions options;
    boost::asio::io_context io;
    http::Client client{io};
    Clock clock;
};

SendResult result_of(Answer answer) {
    return Sender(std::move(answer)).send();
}

const Answer accepted{.status = 202, .header_lines = "X-Message-Id: abc.def\r\n"};

} // namespace

TEST_CASE("sendgrid: an accepted e-mail, as it went out") {
    Sender sender(accepted);
    sender.options.unsubscribe_mailto = "leave@example.com";
    auto result = sender.send();
    CHECK(result.kind == Kind::accepted);
    CHECK(result.provider_id == "abc.def");

    auto seen = sender.server.seen().at(0);
    CHECK(seen.start_line == "POST /v3/mail/send HTTP/1.1");
    CHECK(seen.head.find("\r\nAuthorization: Bearer SG.key\r\n") != seen.head.npos);
    auto document = JsonDocument::parse(seen.body);
    auto body = document.root();
    auto person = body.find("personalizations")->at(0);
    CHECK(person.find("to")->text() == R"([{"email":"ana@example.com","name":"Ana Ruiz"}])");
    CHECK(
        person.find("custom_args")->text() ==
        R"({"email_id":"0192f0c1-0000-7000-8000-000000000001","task_id":"task","client_id":"cli","account_id":"acc"})"
    );
    auto headers = *person.find("headers");
    CHECK(
        headers.find("List-Unsubscribe")->string() ==
        "<https://app.example.com/u/TOKEN>, <mailto:leave@example.com?subject=unsubscribe>"
    );
    CHECK(headers.find("List-Unsubscribe-Post")->string() == "List-Unsubscribe=One-Click");
    CHECK(body.find("from")->find("name")->string() == "Åsa \"The Agent\" Berg");
    CHECK(body.find("reply_to")->find("email")->string() == "reply@example.com");
    CHECK(body.find("subject")->string() == "Your tour ☀");
    CHECK(body.find("content")->at(0).find("type")->string() == "text/plain");
    CHECK(body.find("content")->at(1).find("type")->string() == "text/html");
    auto tracking = *body.find("tracking_settings");
    CHECK(tracking.find("click_tracking")->find("enable")->boolean());
    CHECK(tracking.find("open_tracking")->find("enable")->boolean());
    CHECK_FALSE(tracking.find("subscription_tracking")->find("enable")->boolean());
    test::record_request("sendgrid_mail.full", seen);
}

TEST_CASE("sendgrid: what an e-mail lacks is left out") {
    Sender sender(accepted);
    auto email = full_email();
    email.task_id = email.client_id = email.to_name = email.from_name = email.html = email.unsubscribe_url = "";
    email.reply_to.reset();
    CHECK(sender.send(email).kind == Kind::accepted);
    auto seen = sender.server.seen().at(0);
    auto document = JsonDocument::parse(seen.body);
    auto person = document.root().find("personalizations")->at(0);
    CHECK_FALSE(person.find("headers").has_value());
    CHECK_FALSE(person.find("custom_args")->find("task_id").has_value());
    CHECK_FALSE(document.root().find("reply_to").has_value());
    CHECK(document.root().find("content")->size() == 1);
    test::record_request("sendgrid_mail.minimal", seen);
}

TEST_CASE("sendgrid: refused for good, with its own words") {
    auto result = result_of(
        {.status = 400,
         .body =
             R"({"errors":[{"message":"Does not contain a valid address.","field":"from.email","help":null},{"message":"second","field":null}]})"
        }
    );
    CHECK(result.kind == Kind::rejected);
    CHECK(result.reason == "SendGrid answered 400: Does not contain a valid address.; second");
    for (auto status : {301, 401, 403, 404, 405, 413, 415, 422}) {
        CAPTURE(status);
        CHECK(result_of({.status = status, .body = "<html>"}).kind == Kind::rejected);
    }
    CHECK_FALSE(result_of({.status = 400, .header_lines = "Retry-After: 5\r\n"}).retry_at.has_value());
}

TEST_CASE("sendgrid: try later, and not before it says") {
    for (auto status : {408, 429, 500, 502, 503, 504, 520}) {
        CAPTURE(status);
        CHECK(result_of({.status = status}).kind == Kind::later);
    }
    auto in = [](const SendResult& result) {
        REQUIRE(result.retry_at.has_value());
        return std::chrono::duration_cast<std::chrono::seconds>(*result.retry_at - Clock().now() + 500ms).count();
    };
    auto waits = in(result_of({.status = 429, .header_lines = "Retry-After: 90\r\n"}));
    CHECK(waits >= 88);
    CHECK(waits <= 90);
    auto reset = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()) + 40;
    waits = in(result_of({.status = 429, .header_lines = "X-RateLimit-Reset: " + std::to_string(reset) + "\r\n"}));
    CHECK(waits >= 37);
    CHECK(waits <= 40);
    CHECK(in(result_of({.status = 429, .header_lines = "X-RateLimit-Reset: 99999999999\r\n"})) <= 86'400);
    CHECK_FALSE(result_of({.status = 429, .header_lines = "X-RateLimit-Reset: soon\r\n"}).retry_at.has_value());
}

TEST_CASE("sendgrid: the wait is told by the product's clock") {
    Sender sender({.status = 429, .header_lines = "Retry-After: 90\r\n"});
    sender.clock.set_offset(std::chrono::hours(1000));
    auto result = sender.send();
    REQUIRE(result.retry_at.has_value());
    CHECK(*result.retry_at - sender.clock.now() > 80s);
    CHECK(*result.retry_at - sender.clock.now() <= 90s);
}

TEST_CASE("sendgrid: nobody knows whether it was taken") {
    CHECK(result_of({.drop = true}).kind == Kind::ambiguous);
    CHECK(result_of({.hang = true}).kind == Kind::ambiguous);
    CHECK(result_of({.status = 200, .body = "<html>Welcome</html>"}).kind == Kind::ambiguous);
}

TEST_CASE("sendgrid: nobody there, or no address: nothing was sent") {
    Sender sender(accepted);
    sender.options.base_url = "http://127.0.0.1:1";
    CHECK(sender.send().kind == Kind::later);
    sender.options.base_url = "sendgrid";
    CHECK(sender.send().kind == Kind::rejected);
}
