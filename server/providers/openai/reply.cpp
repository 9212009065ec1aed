#include "providers/openai/reply.hpp"

#include "core/json.hpp"
#include "core/text.hpp"

namespace doorstep::providers::openai {
namespace {

using Kind = JsonView::Kind;

std::string text_of(JsonView object, std::string_view member) {
    auto value = object.find(member);
    return value && value->kind() == Kind::string ? std::string(value->string()) : std::string();
}

int count_of(std::optional<JsonView> object, std::string_view member) {
    auto value = object ? object->find(member) : std::nullopt;
    return value && value->kind() == Kind::integer ? int(value->integer()) : 0;
}

ai::ModelFailure useless(std::string reason, bool retryable) {
    return {retryable, std::move(reason)};
}

/// The object within what a model wraps it in (a fenced block, a sentence before it).
std::string_view unwrap_object(std::string_view text) {
    auto first = text.find('{');
    auto last = text.rfind('}');
    if (first == text.npos || last == text.npos || last < first) return text;
    return text.substr(first, last - first + 1);
}

} // namespace

Refusal read_refusal(std::string_view body) {
    auto document = JsonDocument::try_parse(body);
    if (!document || document->root().kind() != Kind::object) return {};
    auto root = document->root();
    auto error = root.find("error");
    if (error && error->kind() == Kind::string) return {.message = std::string(error->string())};
    if (error && error->kind() == Kind::object) {
        return {text_of(*error, "message"), text_of(*error, "code"), text_of(*error, "type"), text_of(*error, "param")};
    }
    if (auto detail = root.find("detail")) {
        return {.message = detail->kind() == Kind::string ? std::string(detail->string()) : detail->text()};
    }
    return {text_of(root, "message"), text_of(root, "code"), text_of(root, "type"), text_of(root, "param")};
}

ai::ModelFailure explain(int status, const Refusal& refusal) {
    auto said = refusal.message.empty() ? "status " + std::to_string(status)
                                        : std::to_string(status) + ": " + std::string(utf8_prefix(refusal.message, 300));
    // 429 also says that the account has no money left, which no waiting cures.
    for (auto* word : {&refusal.code, &refusal.type}) {
        if (*word == "insufficient_quota" || word->starts_with("billing")) {
            return {false, "the model's account has no quota left (" + said + ")"};
        }
    }
    if (status == 401 || status == 403) return {false, "the model refused the API key (" + said + ")"};
    // Compatible gateways answer 52x and 529 when overloaded; asking a model twice changes nothing in the world.
    auto retryable = status >= 500 || http::retry_class(status) == http::RetryClass::retry;
    return {retryable, "the model answered " + said};
}

std::expected<ai::Completion, ai::ModelFailure> read_completion(std::string_view body, bool wants_json) {
    auto document = JsonDocument::try_parse(body);
    if (!document || document->root().kind() != Kind::object) {
        return std::unexpected(useless("the model's answer is not JSON", true));
    }
    auto root = document->root();
    if (root.find("error") && !root.find("choices")) return std::unexpected(explain(200, read_refusal(body)));
    auto choices = root.find("choices");
    if (!choices || choices->kind() != Kind::array || choices->size() == 0 || choices->at(0).kind() != Kind::object) {
        return std::unexpected(useless("the model's answer has no choice", true));
    }
    auto choice = choices->at(0);

    // Compatible servers leave the reason null or invent words ("eos"); only the known bad ones count.
    auto finish = text_of(choice, "finish_reason");
    if (finish == "length") return std::unexpected(useless("the model's answer was cut off", false));
    if (finish == "content_filter") return std::unexpected(useless("the model's content filter stepped in", false));
    if (finish == "tool_calls" || finish == "function_call") {
        return std::unexpected(useless("the model called a tool that it was not offered", false));
    }
    auto message = choice.find("message");
    if (!message || message->kind() != Kind::object) return std::unexpected(useless("the model's answer has no message", true));
    if (!text_of(*message, "refusal").empty()) return std::unexpected(useless("the model refused to write this", false));
    auto content = message->find("content");
    if (!content || content->kind() != Kind::string || trim(content->string()).empty()) {
        return std::unexpected(useless("the model's answer is empty", true));
    }

    auto text = content->string();
    if (wants_json) {
        text = unwrap_object(text);
        auto inner = JsonDocument::try_parse(text);
        if (!inner || inner->root().kind() != Kind::object) {
            return std::unexpected(useless("the model's text is not the JSON that was asked for", true));
        }
    }
    auto usage = root.find("usage");
    if (usage && usage->kind() != Kind::object) usage.reset();
    return ai::Completion{
        .text = std::string(text),
        .model = text_of(root, "model"),
        .prompt_tokens = count_of(usage, "prompt_tokens"),
        .completion_tokens = count_of(usage, "completion_tokens"),
    };
}

} // namespace doorstep::providers::openai
