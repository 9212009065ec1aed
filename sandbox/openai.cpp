#include <array>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "sandbox/letter.hpp"
#include "sandbox/openai_request.hpp"
#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox {
namespace {

using openai::ChatRequest;
using openai::Refusal;

constexpr std::array<std::string_view, 3> models = {"gpt-4o-mini", "gpt-4o", "gpt-4.1-mini"};

void add_headers(http::Response& response) {
    response.headers.set("x-request-id", "req_" + random_token(16));
    response.headers.set("openai-version", "2020-10-01");
}

http::Response refuse(const Refusal& refusal) {
    auto optional_text = [](JsonWriter& json, const std::string& text) { text.empty() ? json.null() : json.string(text); };
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    json.key("error");
    json.begin_object();
    json.key("message");
    json.string(refusal.message);
    json.key("type");
    json.string(refusal.type);
    json.key("param");
    optional_text(json, refusal.param);
    json.key("code");
    optional_text(json, refusal.code);
    json.end_object();
    json.end_object();
    auto response = http::Response::json(std::move(body), refusal.status);
    add_headers(response);
    return response;
}

http::Response server_error(int status) {
    return refuse(
        {.status = status,
         .message = "The server had an error while processing your request. Sorry about that!",
         .type = "server_error"}
    );
}

http::Response rate_limited(int status) {
    auto response = refuse(
        {.status = status,
         .message = "Rate limit reached for requests. Please try again in 2s.",
         .type = "requests",
         .code = "rate_limit_exceeded"}
    );
    response.headers.set("Retry-After", "2");
    response.headers.set("x-ratelimit-limit-requests", "500");
    response.headers.set("x-ratelimit-remaining-requests", "0");
    response.headers.set("x-ratelimit-reset-requests", "2s");
    return response;
}

constexpr Manners chat_manners{"openai", "chat/completions", server_error, rate_limited};
constexpr Manners models_manners{"openai", "models", server_error, rate_limited};

std::optional<Refusal> check_key(const http::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    auto header = request.header("Authorization");
    if (!header || !header->starts_with(scheme)) {
        return Refusal{
            .status = 401,
            .message =
                "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
                "(i.e. Authorization: Bearer YOUR_KEY)."
        };
    }
    if (trim(header->substr(scheme.size())).empty()) {
        return Refusal{.status = 401, .message = "Incorrect API key provided.", .code = "invalid_api_key"};
    }
    return std::nullopt;
}

/// Roughly as many as a model would count.
std::int64_t tokens_of(std::string_view text) {
    return std::int64_t(text.size() + 3) / 4;
}

std::string content_for(const ChatRequest& request) {
    auto letter = write_letter(read_facts(request.prompt));
    if (request.schema) return fill_schema(JsonDocument::parse(*request.schema).root(), letter);
    if (request.wants_object) {
        return R"({"subject":)" + json_quote(letter.subject) + R"(,"body":)" + json_quote(letter.body) + "}";
    }
    return "Subject: " + letter.subject + "\n\n" + letter.body;
}

std::string completion(const ChatRequest& request, std::int64_t created) {
    auto content = content_for(request);
    auto completion_tokens = tokens_of(content);
    auto finish = "stop";
    if (request.token_limit && completion_tokens > *request.token_limit) {
        completion_tokens = *request.token_limit;
        content = utf8_prefix(content, std::size_t(completion_tokens) * 4);
        finish = "length";
    }
    auto prompt_tokens = tokens_of(request.prompt);

    std::string body;
    JsonWriter json(body);
    auto text = [&json](std::string_view name, std::string_view value) {
        json.key(name);
        json.string(value);
    };
    auto number = [&json](std::string_view name, std::int64_t value) {
        json.key(name);
        json.integer(value);
    };
    auto none = [&json](std::string_view name) {
        json.key(name);
        json.null();
    };
    json.begin_object();
    text("id", "chatcmpl-" + random_token(21));
    text("object", "chat.completion");
    number("created", created);
    text("model", request.model);
    json.key("choices");
    json.begin_array();
    json.begin_object();
    number("index", 0);
    json.key("message");
    json.begin_object();
    text("role", "assistant");
    text("content", content);
    none("refusal");
    json.key("annotations");
    json.begin_array();
    json.end_array();
    json.end_object();
    none("logprobs");
    text("finish_reason", finish);
    json.end_object();
    json.end_array();
    json.key("usage");
    json.begin_object();
    number("prompt_tokens", prompt_tokens);
    number("completion_tokens", completion_tokens);
    number("total_tokens", prompt_tokens + completion_tokens);
    json.end_object();
    text("service_tier", "default");
    json.end_object();
    return body;
}

http::Response answer_chat(const http::Request& request, Time now) {
    if (auto refusal = check_key(request)) return refuse(*refusal);
    auto document = JsonDocument::try_parse(request.body);
    if (!document) {
        return refuse(
            {.message = "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP "
                        "library correctly. "
                        "The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)"}
        );
    }
    auto chat = openai::read_chat_request(document->root());
    if (!chat) return refuse(chat.error());
    auto created = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    auto response = http::Response::json(completion(*chat, created));
    add_headers(response);
    response.headers.set("openai-processing-ms", "1");
    return response;
}

http::Response answer_models(const http::Request& request) {
    if (auto refusal = check_key(request)) return refuse(*refusal);
    std::string body = R"({"object":"list","data":[)";
    for (auto model : models) {
        if (!body.ends_with('[')) body += ',';
        body += R"({"id":)" + json_quote(model) + R"(,"object":"model","created":1721172741,"owned_by":"system"})";
    }
    auto response = http::Response::json(body + "]}");
    add_headers(response);
    return response;
}

Task<http::Response> create_chat_completion(Sandbox& sandbox, http::Context& ctx, http::RawBody) {
    auto serve = [&ctx]() -> Task<http::Response> { co_return answer_chat(*ctx.request, ctx.now()); };
    std::function<Task<http::Response>()> serve_call = serve;
    co_return co_await sandbox.play(ctx, chat_manners, serve_call);
}

Task<http::Response> list_models(Sandbox& sandbox, http::Context& ctx) {
    auto serve = [&ctx]() -> Task<http::Response> { co_return answer_models(*ctx.request); };
    std::function<Task<http::Response>()> serve_call = serve;
    co_return co_await sandbox.play(ctx, models_manners, serve_call);
}

} // namespace

void openai_routes(http::Router& router, Sandbox& sandbox) {
    router.add("POST", "/sandbox/openai/v1/chat/completions", sandbox, create_chat_completion).anonymous().hidden();
    router.add("GET", "/sandbox/openai/v1/models", sandbox, list_models).anonymous().hidden();
}

} // namespace doorstep::sandbox
