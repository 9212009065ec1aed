#include "providers/openai/openai.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "providers/openai/reply.hpp"

namespace doorstep::providers {
namespace {

using Format = OpenAiDialect::Format;
using Clock = std::chrono::steady_clock;

bool is_version(std::string_view segment) {
    return segment.size() > 1 && segment[0] == 'v' && segment[1] >= '0' && segment[1] <= '9';
}

/// The address of chat completions below a base that may or may not name a version ("…/v1", "…/v1beta/openai").
std::string endpoint(std::string base) {
    while (base.ends_with('/')) base.pop_back();
    auto path_start = base.find('/', base.find("//") == base.npos ? 0 : base.find("//") + 2);
    auto has_version = false;
    for (auto at = path_start; at != base.npos; at = base.find('/', at + 1)) {
        auto end = std::min(base.find('/', at + 1), base.size());
        has_version = has_version || is_version(std::string_view(base).substr(at + 1, end - at - 1));
    }
    return base + (has_version ? "/chat/completions" : "/v1/chat/completions");
}

/// A request as one dialect has it.
std::string request_body(const OpenAiOptions& options, const ai::Prompt& prompt, bool old_token_limit, Format format) {
    auto system = prompt.system;
    auto wants_json = !prompt.schema.empty();
    if (wants_json && format != Format::schema) {
        system += "\n\nAnswer with one JSON object and nothing else. It follows this JSON Schema:\n" + prompt.schema;
    }
    auto limit = options.max_tokens > 0 ? std::min(options.max_tokens, prompt.max_tokens) : prompt.max_tokens;

    std::string body;
    JsonWriter json(body);
    auto message = [&json](std::string_view role, std::string_view content) {
        json.begin_object();
        json.key("role");
        json.string(role);
        json.key("content");
        json.string(content);
        json.end_object();
    };
    json.begin_object();
    json.key("model");
    json.string(options.model);
    json.key("messages");
    json.begin_array();
    if (!system.empty()) message("system", system);
    message("user", prompt.user);
    json.end_array();
    json.key(old_token_limit ? "max_tokens" : "max_completion_tokens");
    json.integer(limit);
    if (wants_json && format != Format::none) {
        json.key("response_format");
        json.begin_object();
        json.key("type");
        json.string(format == Format::schema ? "json_schema" : "json_object");
        if (format == Format::schema) {
            json.key("json_schema");
            json.begin_object();
            json.key("name");
            json.string(prompt.schema_name.empty() ? "answer" : prompt.schema_name);
            json.key("strict");
            json.boolean(true);
            json.key("schema");
            json.raw(prompt.schema);
            json.end_object();
        }
        json.end_object();
    }
    json.end_object();
    return body;
}

class OpenAi final : public ai::LanguageModel {
public:
    OpenAi(OpenAiOptions options, http::Client& client)
        : options_(std::move(options)), url_(endpoint(options_.base_url)), client_(client) {}

    std::string_view name() const override { return "openai"; }

    Task<std::expected<ai::Completion, ai::ModelFailure>> complete(const ai::Prompt& prompt) override {
        auto deadline = Clock::now() + prompt.timeout;
        // At most four: each refusal but the last makes the next request plainer.
        while (true) {
            auto old_token_limit = options_.dialect->old_token_limit.load();
            auto format = options_.dialect->format.load();
            auto call = make_call(request_body(options_, prompt, old_token_limit, format), deadline);
            auto reply = co_await client_.send(std::move(call));
            if (!reply) co_return std::unexpected(explain_failure(reply.error()));
            if (reply->status == 200) co_return openai::read_completion(reply->body, !prompt.schema.empty());
            auto refusal = openai::read_refusal(reply->body);
            auto simpler = (reply->status == 400 || reply->status == 422) && simplify(refusal, old_token_limit, format);
            if (!simpler || Clock::now() >= deadline) co_return std::unexpected(openai::explain(reply->status, refusal));
        }
    }

private:
    http::Call make_call(std::string body, Clock::time_point deadline) const {
        http::Call call{
            .method = "POST",
            .url = url_,
            .body = std::move(body),
            .timeout = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()),
            .provider = "openai",
        };
        call.headers.add("Content-Type", "application/json");
        call.headers.add("Accept", "application/json");
        if (!options_.api_key.empty()) call.headers.add("Authorization", "Bearer " + options_.api_key);
        return call;
    }

    static ai::ModelFailure explain_failure(const http::CallFailure& failure) {
        using Kind = http::CallFailure::Kind;
        auto retryable = failure.kind == Kind::not_sent || failure.kind == Kind::ambiguous;
        return {retryable, "the model could not be asked: " + failure.reason};
    }

    /// Whether a parameter was refused that has an older form; from now on that form is used.
    bool simplify(const openai::Refusal& refusal, bool old_token_limit, Format format) const {
        auto names = [&refusal](std::string_view parameter) {
            return refusal.param.starts_with(parameter) || refusal.message.find(parameter) != std::string::npos;
        };
        if (!old_token_limit && names("max_completion_tokens")) {
            options_.dialect->old_token_limit = true;
            return true;
        }
        if (format == Format::none || !(names("response_format") || names("json_schema") || names("json_object"))) return false;
        options_.dialect->format = format == Format::schema ? Format::object : Format::none;
        return true;
    }

    OpenAiOptions options_;
    std::string url_;
    http::Client& client_;
};

} // namespace

std::unique_ptr<ai::LanguageModel> make_openai(OpenAiOptions options, http::Client& client) {
    return std::make_unique<OpenAi>(std::move(options), client);
}

} // namespace doorstep::providers
