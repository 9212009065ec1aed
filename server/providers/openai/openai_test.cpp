#include "providers/openai/openai.hpp"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>

#include "core/json.hpp"
#include "test/support/contract.hpp"
#include "test/support/raw_server.hpp"
#include "test/support/run.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using test::HttpDouble;
using Answer = HttpDouble::Answer;
using Seen = HttpDouble::Seen;

namespace {

const std::string letter_schema =
    R"({"type":"object","properties":{"subject":{"type":"string"},"body":{"type":"string"}},"required":["subject","body"],"additionalProperties":false})";
const std::string letter = R"({"subject":"Hi","body":"Dear Ana"})";

std::string completion(
    std::string_view content_json, std::string_view finish = R"("stop")", std::string_view refusal = "null"
) {
    return R"({"id":"c-1","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024","choices":[{"index":0,"message":{"role":"assistant","content":)" +
           std::string(content_json) + R"(,"refusal":)" + std::string(refusal) + R"(},"finish_reason":)" + std::string(finish) +
           R"(}],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}})";
}

struct Model {
    explicit Model(std::function<Answer(const Seen&)> answer, std::string base_path = "/v1")
        : server(std::move(answer)), options{.api_key = "sk-test", .base_url = server.url(base_path)} {}

    auto complete(const ai::Prompt& prompt) {
        auto model = providers::make_openai(options, client);
        return test::run(io, model->complete(prompt));
    }

    /// The failure on an answer that is always the same.
    static ai::ModelFailure fail(Answer answer, ai::Prompt prompt = prompt_for_json()) {
        Model model([&](const Seen&) { return answer; });
        auto result = model.complete(prompt);
        REQUIRE_FALSE(result.has_value());
        return result.error();
    }

    static ai::Prompt prompt_for_json() {
        return {
            .system = "You write.",
            .user = "Ana \"A\" Ruiz\n",
            .max_tokens = 400,
            .schema_name = "letter",
            .schema = letter_schema,
            .timeout = 500ms
        };
    }

    HttpDouble server;
    providers::OpenAiOptions options;
    boost::asio::io_context io;
    http::Client client{io};
};

} // namespace

TEST_CASE("openai: a completion by schema") {
    Model model([](const Seen&) { return Answer{.body = completion(json_quote(letter))}; });
    auto result = model.complete(Model::prompt_for_json());
    REQUIRE(result.has_value());
    CHECK(result->text == letter);
    CHECK(result->model == "gpt-4o-mini-2024");
    CHECK(result->prompt_tokens == 11);
    CHECK(result->completion_tokens == 7);

    auto seen = model.server.seen().at(0);
    CHECK(seen.start_line == "POST /v1/chat/completions HTTP/1.1");
    CHECK(seen.head.find("\r\nAuthorization: Bearer sk-test\r\n") != seen.head.npos);
    CHECK(seen.head.find("\r\nContent-Type: application/json\r\n") != seen.head.npos);
    auto request = JsonDocument::parse(seen.body);
    CHECK(request.root().find("max_completion_tokens")->integer() == 400);
    CHECK_FALSE(request.root().find("max_tokens").has_value());
    CHECK(request.root().find("messages")->at(1).find("content")->string() == "Ana \"A\" Ruiz\n");
    auto format = *request.root().find("response_format");
    CHECK(format.find("type")->string() == "json_schema");
    CHECK(format.find("json_schema")->find("strict")->boolean());
    test::record_request("openai_chat.schema", seen);
}

TEST_CASE("openai: free text, and a ceiling on its length") {
    Model model([](const Seen&) { return Answer{.body = completion(R"("Hello there")")}; });
    model.options.max_tokens = 100;
    auto result = model.complete({.system = "s", .user = "u", .max_tokens = 600});
    REQUIRE(result.has_value());
    CHECK(result->text == "Hello there");
    auto seen = model.server.seen().at(0);
    auto request = JsonDocument::parse(seen.body);
    CHECK(request.root().find("max_completion_tokens")->integer() == 100);
    CHECK_FALSE(request.root().find("response_format").has_value());
    test::record_request("openai_chat.text", seen);
}

TEST_CASE("openai: the base address may or may not end in a version") {
    for (auto [base, path] :
         {std::pair{"", "/v1/chat/completions"},
          {"/", "/v1/chat/completions"},
          {"/v1", "/v1/chat/completions"},
          {"/v1/", "/v1/chat/completions"},
          {"/proxy", "/proxy/v1/chat/completions"},
          {"/v1beta/openai", "/v1beta/openai/chat/completions"},
          {"/api/v4/", "/api/v4/chat/completions"},
          {"/vllm", "/vllm/v1/chat/completions"}}) {
        CAPTURE(base);
        Model model([](const Seen&) { return Answer{.body = completion(R"("x")")}; }, base);
        REQUIRE(model.complete({.user = "u"}).has_value());
        CHECK(model.server.seen().at(0).start_line == "POST " + std::string(path) + " HTTP/1.1");
    }
}

TEST_CASE("openai: a compatible server is asked more plainly after it refused, once") {
    Model model([](const Seen& seen) -> Answer {
        if (seen.body.find("max_completion_tokens") != seen.body.npos) {
            return {
                .status = 422,
                .body = R"({"detail":[{"loc":["body","max_completion_tokens"],"msg":"extra fields not permitted"}]})"
            };
        }
        if (seen.body.find("\"json_schema\"") != seen.body.npos) {
            return {
                .status = 400,
                .body = R"({"object":"error","message":"response_format type json_schema is not supported","code":400})"
            };
        }
        if (seen.body.find("json_object") != seen.body.npos) {
            return {.status = 400, .body = R"({"error":"unknown field response_format"})"};
        }
        return {.body = completion(json_quote("Here it is:\n```json\n" + letter + "\n```"), R"("eos")")};
    });
    auto first = model.complete(Model::prompt_for_json());
    REQUIRE(first.has_value());
    CHECK(first->text == letter);
    CHECK(model.server.seen().size() == 4);
    auto last = model.server.seen().back().body;
    CHECK(last.find("\"max_tokens\":400") != last.npos);
    CHECK(last.find("additionalProperties") != last.npos); // the schema went into the instructions

    // Another thread's model shares what was learnt.
    auto second = model.complete(Model::prompt_for_json());
    REQUIRE(second.has_value());
    CHECK(model.server.seen().size() == 5);
}

TEST_CASE("openai: a refusal that is about something else is not asked twice") {
    Model model([](const Seen&) {
        return Answer{
            .status = 400,
            .body =
                R"({"error":{"message":"context too long","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}})"
        };
    });
    auto result = model.complete(Model::prompt_for_json());
    REQUIRE_FALSE(result.has_value());
    CHECK_FALSE(result.error().retryable);
    CHECK(result.error().reason.find("context too long") != std::string::npos);
    CHECK(model.server.seen().size() == 1);
}

TEST_CASE("openai: useless answers are failures") {
    auto check = [](std::string body, bool retryable, std::string_view words) {
        CAPTURE(body);
        auto failure = Model::fail({.body = std::move(body)});
        CHECK(failure.retryable == retryable);
        CHECK(failure.reason.find(words) != std::string::npos);
    };
    check(completion(json_quote(letter), R"("length")"), false, "cut off");
    check(completion(json_quote(letter), R"("content_filter")"), false, "filter");
    check(completion("null", R"("tool_calls")"), false, "tool");
    check(completion("null", R"("stop")", R"("I can't help with that")"), false, "refused");
    check(completion("null"), true, "empty");
    check(completion(R"("  \n")"), true, "empty");
    check(completion(R"("Sure! Here is your mail.")"), true, "not the JSON");
    check(completion(R"("[1,2]")"), true, "not the JSON");
    check(R"({"choices":[]})", true, "no choice");
    check(R"({"choices":[{"finish_reason":"stop"}]})", true, "no message");
    check("<html><body>Please log in</body></html>", true, "not JSON");
    check("", true, "not JSON");
    check(R"({"error":{"message":"upstream is down","code":"bad_gateway"}})", false, "upstream is down");
}

TEST_CASE("openai: errors are told apart: waiting helps, or it does not") {
    auto error = [](std::string code, std::string type) {
        return R"({"error":{"message":"m","type":")" + type + R"(","param":null,"code":")" + code + R"("}})";
    };
    CHECK(Model::fail({.status = 429, .body = error("rate_limit_exceeded", "requests")}).retryable);
    CHECK_FALSE(Model::fail({.status = 429, .body = error("insufficient_quota", "insufficient_quota")}).retryable);
    CHECK_FALSE(Model::fail({.status = 429, .body = error("billing_hard_limit_reached", "invalid_request_error")}).retryable);
    CHECK(Model::fail({.status = 500, .body = error("x", "server_error")}).retryable);
    CHECK(Model::fail({.status = 503, .body = "<html>overloaded</html>"}).retryable);
    CHECK(Model::fail({.status = 529, .body = ""}).retryable);
    CHECK_FALSE(Model::fail({.status = 401, .body = error("invalid_api_key", "invalid_request_error")}).retryable);
    CHECK_FALSE(Model::fail({.status = 404, .body = error("model_not_found", "invalid_request_error")}).retryable);
    CHECK_FALSE(Model::fail({.status = 302, .body = ""}).retryable);
    // A page of a proxy is not quoted to people.
    CHECK(Model::fail({.status = 502, .body = "<html>secret</html>"}).reason.find("secret") == std::string::npos);
}

TEST_CASE("openai: no answer in time, a dropped connection, nobody there: retryable") {
    auto started = std::chrono::steady_clock::now();
    CHECK(Model::fail({.hang = true}).retryable);
    CHECK(std::chrono::steady_clock::now() - started < 3s);
    CHECK(Model::fail({.drop = true}).retryable);

    boost::asio::io_context io;
    http::Client client(io);
    auto model = providers::make_openai({.api_key = "k", .base_url = "http://nowhere.invalid"}, client);
    ai::Prompt prompt{.user = "u"};
    auto result = test::run(io, model->complete(prompt));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().retryable);

    auto wrong = providers::make_openai({.api_key = "k", .base_url = "not an address"}, client);
    auto refused = test::run(io, wrong->complete(prompt));
    REQUIRE_FALSE(refused.has_value());
    CHECK_FALSE(refused.error().retryable);
}
