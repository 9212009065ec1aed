// What the doubles refuse, as the real services do.

#include <doctest/doctest.h>

#include <memory>

#include "http/server.hpp"
#include "sandbox/sandbox.hpp"
#include "test/support/contract.hpp"
#include "test/support/run.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;

namespace {

struct NoAuthenticator final : http::Authenticator {
    Task<http::Principal> authenticate(http::Context&) override { throw unauthorized(); }
    Task<> confirm(http::Context&) override { co_return; }
    Task<> note_act(db::Session&, const http::Context&, const std::string&) override { co_return; }
};

struct Doubles {
    Doubles()
        : db(store.make_database(io)),
          sandbox(io, *db, client, clock, {}),
          server(io, options(), clock, routed(), authenticator, *db) {}

    static http::ServerOptions options() { return {.rate_per_second = 1e6, .rate_burst = 1e6}; }
    const http::Router& routed() {
        sandbox.routes(router);
        return router;
    }

    http::Response ask(
        std::string method, std::string path, std::string body, std::string key, std::string type = "application/json"
    ) {
        http::Request request{
            .method = std::move(method), .target = path, .path = path, .body = std::move(body), .client_ip = "127.0.0.1"
        };
        if (!type.empty()) request.headers.add("Content-Type", type);
        if (!key.empty()) request.headers.add("Authorization", key);
        return test::run(io, server.answer(std::move(request)));
    }
    http::Response mail(std::string body, std::string key = "Bearer SG.a.b", std::string type = "application/json") {
        return ask("POST", "/sandbox/sendgrid/v3/mail/send", std::move(body), std::move(key), std::move(type));
    }
    http::Response chat(std::string body, std::string key = "Bearer sk-x") {
        return ask("POST", "/sandbox/openai/v1/chat/completions", std::move(body), std::move(key));
    }

    test::TestStore store;
    boost::asio::io_context io;
    Clock clock;
    std::unique_ptr<db::Database> db;
    http::Client client{io};
    sandbox::Sandbox sandbox;
    http::Router router;
    NoAuthenticator authenticator;
    http::Server server;
};

std::string message_of(const http::Response& response) {
    auto document = JsonDocument::parse(response.body);
    auto errors = document.root().find("errors");
    auto error = errors ? errors->at(0) : *document.root().find("error");
    return std::string(error.find("message")->string());
}

} // namespace

TEST_CASE("sendgrid's double refuses what SendGrid refuses") {
    Doubles doubles;
    auto to = std::string(R"("personalizations":[{"to":[{"email":"a@example.com"}]}])");
    auto from = std::string(R"("from":{"email":"b@example.com"})");
    auto rest = std::string(R"("subject":"s","content":[{"type":"text/plain","value":"x"}])");
    auto good = "{" + to + "," + from + "," + rest + "}";

    auto accepted = doubles.mail(good);
    CHECK(accepted.status == 202);
    CHECK(accepted.body.empty());
    REQUIRE(accepted.headers.find("X-Message-Id").has_value());
    test::record_answer(
        "sendgrid_mail.answer.202", 202, "null",
        R"({"X-Message-Id":)" + json_quote(*accepted.headers.find("X-Message-Id")) + "}"
    );

    auto unauthorised = doubles.mail(good, "");
    CHECK(unauthorised.status == 401);
    test::record_answer("sendgrid_mail.answer.401", 401, unauthorised.body);
    CHECK(doubles.mail(good, "Bearer abc").status == 401);
    CHECK(doubles.mail(good, "Basic SG.x").status == 401);
    CHECK(doubles.mail(good, "Bearer SG.x", "text/plain").status == 415);
    CHECK(doubles.mail("{oops").status == 400);
    CHECK(doubles.mail("[]").status == 400);

    auto refused = [&](const std::string& body, std::string_view words) {
        CAPTURE(body);
        auto response = doubles.mail(body);
        CHECK(response.status == 400);
        CHECK(message_of(response).find(words) != std::string::npos);
        test::record_answer("sendgrid_mail.answer.400", 400, response.body);
    };
    refused("{" + from + "," + rest + "}", "personalizations field is required");
    refused(R"({"personalizations":[],)" + from + "," + rest + "}", "personalizations field is required");
    refused(R"({"personalizations":[{"to":[]}],)" + from + "," + rest + "}", "to array is required");
    refused(R"({"personalizations":[{"to":[{"email":"nobody"}]}],)" + from + "," + rest + "}", "valid address");
    refused(
        R"({"personalizations":[{"to":[{"email":"a@example.com"},{"email":"A@example.com"}]}],)" + from + "," + rest + "}",
        "unique between to"
    );
    refused("{" + to + "," + rest + "}", "from object must be provided");
    refused("{" + to + "," + from + R"(,"content":[{"type":"text/plain","value":"x"}]})", "subject is required");
    refused("{" + to + "," + from + R"(,"subject":"s"})", "content parameter is required");
    refused(
        "{" + to + "," + from + R"(,"subject":"s","content":[{"type":"text/plain","value":""}]})", "at least one character"
    );
    refused(
        "{" + to + "," + from +
            R"(,"subject":"s","content":[{"type":"text/html","value":"x"},{"type":"text/plain","value":"x"}]})",
        "must be the first"
    );
    refused("{" + to + "," + from + "," + rest + R"(,"custom_args":{"a":1}})", "must be strings");
    refused("{" + to + "," + from + "," + rest + R"(,"headers":{"Subject":"x"}})", "reserved");
    refused("{" + to + "," + from + "," + rest + R"(,"surprise":1})", "unknown field");
    refused("{" + to + "," + from + "," + rest + R"(,"categories":["a","a"]})", "unique");

    // Valid, and nothing else: no message.
    auto checked = doubles.mail("{" + to + "," + from + "," + rest + R"(,"mail_settings":{"sandbox_mode":{"enable":true}}})");
    CHECK(checked.status == 200);
    CHECK(doubles.store.value("select count(*) from sandbox.outbox") == "1");
}

TEST_CASE("sendgrid's double keeps a batch whole") {
    Doubles doubles;
    auto response = doubles.mail(
        R"({"personalizations":[{"to":[{"email":"a@example.com"}],"subject":"one"},{"to":[{"email":"b@example.com"},{"email":"c@example.com"}]}],)"
        R"("from":{"email":"f@example.com"},"subject":"two","content":[{"type":"text/html","value":"x"}],"custom_args":{"k":"v"}})"
    );
    CHECK(response.status == 202);
    CHECK(
        doubles.store.value("select string_agg(to_address || ' ' || subject || ' ' || (custom_args->>'k'), ',' order by seq) "
                            "from sandbox.outbox") == "a@example.com one v,b@example.com two v,c@example.com two v"
    );
    CHECK(doubles.store.value("select count(distinct message_id) from sandbox.outbox") == "1");
}

TEST_CASE("openai's double refuses what OpenAI refuses") {
    Doubles doubles;
    auto messages = std::string(R"("messages":[{"role":"user","content":"Client name: Ana"}])");
    auto good = doubles.chat(R"({"model":"gpt-4o-mini",)" + messages + "}");
    CHECK(good.status == 200);
    test::record_answer("openai_chat.answer.200", 200, good.body);

    CHECK(doubles.chat("{}", "").status == 401);
    CHECK(doubles.chat("{}", "Bearer  ").status == 401);
    CHECK(doubles.chat("{oops").status == 400);
    auto refused = [&](const std::string& members, std::string_view words) {
        CAPTURE(members);
        auto response = doubles.chat("{" + members + "}");
        CHECK(response.status == 400);
        CHECK(message_of(response).find(words) != std::string::npos);
        test::record_answer("openai_chat.answer.400", 400, response.body);
    };
    auto model = std::string(R"("model":"gpt-4o-mini",)");
    auto schema = [](std::string_view schema_text) {
        return R"(,"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":)" +
               std::string(schema_text) + "}}";
    };
    refused(messages, "must provide a model");
    refused(R"("model":"gpt-4o-mini")", "'messages'");
    refused(model + R"("messages":[])", "empty array");
    refused(model + R"("messages":[{"role":"boss","content":"x"}])", "Supported values");
    refused(model + R"("messages":[{"role":"user"}])", "content");
    refused(model + messages + R"(,"temperature":3)", "maximum");
    refused(model + messages + R"(,"max_completion_tokens":0)", "minimum");
    refused(model + messages + R"(,"max_tokens":5,"max_completion_tokens":5)", "at the same time");
    refused(model + messages + R"(,"surprise":1)", "Unrecognized");
    refused(model + messages + R"(,"response_format":{"type":"xml"})", "Supported values");
    refused(model + messages + R"(,"response_format":{"type":"json_object"})", "the word 'json'");
    refused(
        model + messages + R"(,"response_format":{"type":"json_schema","json_schema":{"name":"a b","schema":{}}})", "pattern"
    );
    refused(
        model + messages + schema(R"({"type":"object","properties":{"a":{"type":"string"}},"required":["a"]})"),
        "additionalProperties"
    );
    refused(
        model + messages +
            schema(R"({"type":"object","properties":{"a":{"type":"string"}},"required":[],"additionalProperties":false})"),
        "required"
    );

    auto filled = doubles.chat(
        "{" + model + messages +
        schema(
            R"({"type":"object","properties":{"subject":{"type":"string"},"tone":{"enum":["warm","cool"]},"tags":{"type":"array","items":{"type":"string"}},"urgent":{"type":"boolean"}},"required":["subject","tone","tags","urgent"],"additionalProperties":false})"
        ) +
        "}"
    );
    REQUIRE(filled.status == 200);
    auto document = JsonDocument::parse(filled.body);
    auto content = document.root().find("choices")->at(0).find("message")->find("content")->string();
    auto inner = JsonDocument::parse(content);
    CHECK(inner.root().find("tone")->string() == "warm");
    CHECK(inner.root().find("tags")->size() == 0);
    CHECK(inner.root().find("urgent")->boolean());

    auto models = doubles.ask("GET", "/sandbox/openai/v1/models", "", "Bearer sk-x", "");
    CHECK(models.status == 200);
    test::record_answer("openai_models.answer.200", 200, models.body);
}

TEST_CASE("the doubles' faults speak the services' own language") {
    Doubles doubles;
    auto fault = [&](std::string_view provider, std::string_view mode) {
        doubles.store.exec(
            "insert into sandbox.faults (provider, mode, remaining, created_at) values ('" + std::string(provider) + "', '" +
            std::string(mode) + "', 1, now())"
        );
    };
    fault("openai", "rate_limit");
    auto limited = doubles.chat("{}");
    CHECK(limited.status == 429);
    CHECK(limited.headers.find("Retry-After").has_value());
    test::record_answer("openai_chat.answer.429", 429, limited.body);
    fault("openai", "error");
    auto broken = doubles.chat("{}");
    CHECK(broken.status == 500);
    test::record_answer("openai_chat.answer.500", 500, broken.body);
    fault("sendgrid", "rate_limit");
    limited = doubles.mail("{}");
    CHECK(limited.status == 429);
    REQUIRE(limited.headers.find("X-RateLimit-Reset").has_value());
    test::record_answer("sendgrid_mail.answer.429", 429, limited.body);
    fault("sendgrid", "error");
    broken = doubles.mail("{}");
    CHECK(broken.status == 500);
    test::record_answer("sendgrid_mail.answer.500", 500, broken.body);
}

TEST_CASE("sandbox mailgun: refuses what Mailgun refuses, and answers as it does") {
    Doubles doubles;
    std::string key = "Basic YXBpOmtleQ=="; // api:key
    std::string good = "from=a%40mg.example.com&to=Ana+%3Cana%40example.com%3E&subject=s&text=x";
    auto send = [&](std::string body, std::string with, std::string domain = "mg.example.com") {
        auto type = "application/x-www-form-urlencoded";
        return doubles.ask("POST", "/sandbox/mailgun/v3/" + domain + "/messages", std::move(body), std::move(with), type);
    };
    auto taken = send(good, key);
    CHECK(taken.status == 200);
    CHECK(taken.body.find("\"id\":\"<") != std::string::npos);
    test::record_answer("mailgun_messages.answer.200", taken.status, taken.body, "{}");
    for (auto wrong : {"", "Basic YXBpOg==", "Basic dXNlcjprZXk=", "Bearer key"}) {
        auto refused = send(good, wrong);
        CHECK(refused.status == 401);
        test::record_answer("mailgun_messages.answer.401", refused.status, refused.body, "{}");
    }
    for (std::string bad :
         {"to=a%40example.com&subject=s&text=x", "from=a%40b.test&subject=s&text=x", "from=a%40b.test&to=nobody&text=x",
          "from=a%40b.test&to=a%40example.com&subject=s", "from=a%40b.test&to=a%40b.test&text=x&o%3Atracking=maybe"}) {
        CAPTURE(bad);
        auto refused = send(bad, key);
        CHECK(refused.status == 400);
        test::record_answer("mailgun_messages.answer.400", refused.status, refused.body, "{}");
    }
    CHECK(send(good + "&v%3Abig=" + std::string(17'000, 'x'), key).status == 400);
    CHECK(send(good, key, "localhost").status == 404);
}
