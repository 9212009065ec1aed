#include "sandbox/openai_request.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/text.hpp"

namespace doorstep::sandbox::openai {
namespace {

using Kind = JsonView::Kind;

std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

Refusal missing(std::string param) {
    auto message = "Missing required parameter: " + quoted(param) + ".";
    return {.message = message, .param = std::move(param), .code = "missing_required_parameter"};
}

Refusal wrong_type(std::string param, std::string_view expected) {
    auto message = "Invalid type for " + quoted(param) + ": expected " + std::string(expected) + ".";
    return {.message = message, .param = std::move(param), .code = "invalid_type"};
}

Refusal wrong_value(std::string param, std::string_view why) {
    auto message = "Invalid value for " + quoted(param) + ": " + std::string(why);
    return {.message = message, .param = std::move(param), .code = "invalid_value"};
}

const std::set<std::string_view> known_parameters = {
    "messages",
    "model",
    "audio",
    "frequency_penalty",
    "function_call",
    "functions",
    "logit_bias",
    "logprobs",
    "max_completion_tokens",
    "max_tokens",
    "metadata",
    "modalities",
    "moderation",
    "n",
    "parallel_tool_calls",
    "prediction",
    "presence_penalty",
    "prompt_cache_key",
    "prompt_cache_options",
    "prompt_cache_retention",
    "reasoning_effort",
    "response_format",
    "safety_identifier",
    "seed",
    "service_tier",
    "stop",
    "store",
    "stream",
    "stream_options",
    "temperature",
    "tool_choice",
    "tools",
    "top_logprobs",
    "top_p",
    "user",
    "verbosity",
    "web_search_options",
};

/// The text of a message: a string, or an array of parts of which the text ones count.
std::expected<std::string, Refusal> read_content(JsonView message, const std::string& path, bool may_be_absent) {
    auto content = message.find("content");
    if (!content || content->is_null()) {
        if (may_be_absent) return std::string();
        return std::unexpected(missing(path + ".content"));
    }
    if (content->kind() == Kind::string) return std::string(content->string());
    if (content->kind() != Kind::array) return std::unexpected(wrong_type(path + ".content", "a string or an array"));
    std::string text;
    for (std::size_t i = 0; i < content->size(); ++i) {
        auto part = content->at(i);
        auto part_text = part.kind() == Kind::object ? part.find("text") : std::nullopt;
        if (part_text && part_text->kind() == Kind::string) text += part_text->string();
    }
    return text;
}

std::optional<Refusal> read_messages(JsonView root, ChatRequest& request) {
    auto messages = root.find("messages");
    if (!messages) return missing("messages");
    if (messages->kind() != Kind::array) return wrong_type("messages", "an array of objects");
    if (messages->size() == 0) {
        return Refusal{
            .message =
                "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
            .param = "messages",
            .code = "empty_array"
        };
    }
    constexpr std::array<std::string_view, 6> roles = {"developer", "system", "user", "assistant", "tool", "function"};
    for (std::size_t i = 0; i < messages->size(); ++i) {
        auto path = "messages[" + std::to_string(i) + "]";
        auto message = messages->at(i);
        if (message.kind() != Kind::object) return wrong_type(path, "an object");
        auto role = message.find("role");
        if (!role) return missing(path + ".role");
        if (role->kind() != Kind::string || std::ranges::find(roles, role->string()) == roles.end()) {
            return wrong_value(
                path + ".role", "Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'."
            );
        }
        auto content = read_content(message, path, role->string() == "assistant");
        if (!content) return content.error();
        request.prompt += *content + "\n";
    }
    return std::nullopt;
}

std::optional<Refusal> check_number(JsonView root, const char* name, double min, double max) {
    auto value = root.find(name);
    if (!value || value->is_null()) return std::nullopt;
    if (value->kind() != Kind::integer && value->kind() != Kind::number) return wrong_type(name, "a decimal");
    if (value->number() < min)
        return Refusal{
            .message = "Invalid " + quoted(name) + ": decimal below minimum value.",
            .param = name,
            .code = "decimal_below_min_value"
        };
    if (value->number() > max)
        return Refusal{
            .message = "Invalid " + quoted(name) + ": decimal above maximum value.",
            .param = name,
            .code = "decimal_above_max_value"
        };
    return std::nullopt;
}

std::optional<Refusal> read_token_limit(JsonView root, ChatRequest& request) {
    auto present = [&](const char* name) {
        auto value = root.find(name);
        return value && !value->is_null();
    };
    if (present("max_tokens") && present("max_completion_tokens")) {
        return Refusal{
            .message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
            .param = "max_tokens",
            .code = "invalid_parameter_combination"
        };
    }
    for (auto name : {"max_tokens", "max_completion_tokens"}) {
        if (!present(name)) continue;
        auto value = *root.find(name);
        if (value.kind() != Kind::integer) return wrong_type(name, "an integer");
        if (value.integer() < 1) {
            return Refusal{
                .message = "Invalid " + quoted(name) + ": integer below minimum value. Expected a value >= 1, but got " +
                           value.text() + " instead.",
                .param = name,
                .code = "integer_below_min_value"
            };
        }
        request.token_limit = int(std::min<std::int64_t>(value.integer(), 1'000'000));
    }
    return std::nullopt;
}

/// What strict structured outputs demand of every object in a schema.
std::optional<std::string> not_strict(JsonView schema) {
    if (schema.kind() != Kind::object) return std::nullopt;
    if (auto properties = schema.find("properties"); properties && properties->kind() == Kind::object) {
        auto more = schema.find("additionalProperties");
        if (!more || more->kind() != Kind::boolean || more->boolean()) {
            return "'additionalProperties' is required to be supplied and to be false.";
        }
        std::set<std::string, std::less<>> required;
        if (auto list = schema.find("required"); list && list->kind() == Kind::array) {
            for (std::size_t i = 0; i < list->size(); ++i) {
                if (list->at(i).kind() == Kind::string) required.emplace(list->at(i).string());
            }
        }
        std::optional<std::string> fault;
        properties->each_member([&](std::string_view name, JsonView property) {
            if (fault) return;
            if (!required.contains(name)) {
                fault = "'required' is required to be supplied and to be an array including every key in properties. Missing " +
                        quoted(name) + ".";
            } else if (property.kind() == Kind::object && property.find("default")) {
                fault = "'default' is not permitted.";
            } else {
                fault = not_strict(property);
            }
        });
        if (fault) return fault;
    }
    if (auto items = schema.find("items")) return not_strict(*items);
    return std::nullopt;
}

std::optional<Refusal> read_schema(JsonView format, ChatRequest& request) {
    auto wrapper = format.find("json_schema");
    if (!wrapper || wrapper->kind() != Kind::object) return missing("response_format.json_schema");
    auto name = wrapper->find("name");
    if (!name || name->kind() != Kind::string) return missing("response_format.json_schema.name");
    auto is_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    if (name->string().empty() || name->string().size() > 64 || !std::ranges::all_of(name->string(), is_name)) {
        return Refusal{
            .message = "Invalid 'response_format.json_schema.name': string does not match pattern. Expected a string that "
                       "matches the pattern '^[a-zA-Z0-9_-]+$'.",
            .param = "response_format.json_schema.name",
            .code = "invalid_value"
        };
    }
    auto schema = wrapper->find("schema");
    if (!schema || schema->kind() != Kind::object) return missing("response_format.json_schema.schema");
    auto strict = wrapper->find("strict");
    if (strict && strict->kind() == Kind::boolean && strict->boolean()) {
        if (auto fault = not_strict(*schema)) {
            return Refusal{
                .message = "Invalid schema for response_format '" + std::string(name->string()) + "': In context=(), " + *fault,
                .param = "response_format"
            };
        }
    }
    request.schema = schema->text();
    return std::nullopt;
}

std::optional<Refusal> read_format(JsonView root, ChatRequest& request) {
    auto format = root.find("response_format");
    if (!format || format->is_null()) return std::nullopt;
    if (format->kind() != Kind::object) return wrong_type("response_format", "an object");
    auto type = format->find("type");
    if (!type || type->kind() != Kind::string) return missing("response_format.type");
    if (type->string() == "text") return std::nullopt;
    if (type->string() == "json_schema") return read_schema(*format, request);
    if (type->string() != "json_object") {
        return wrong_value("response_format.type", "Supported values are: 'json_object', 'json_schema', and 'text'.");
    }
    if (to_lower_ascii(request.prompt).find("json") == std::string::npos) {
        return Refusal{
            .message = "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
            .param = "messages"
        };
    }
    request.wants_object = true;
    return std::nullopt;
}

} // namespace

std::expected<ChatRequest, Refusal> read_chat_request(JsonView root) {
    if (root.kind() != Kind::object) return std::unexpected(wrong_type("body", "an object"));
    std::optional<Refusal> fault;
    root.each_member([&](std::string_view name, JsonView) {
        if (!fault && !known_parameters.contains(name))
            fault = Refusal{.message = "Unrecognized request argument supplied: " + std::string(name)};
    });
    if (fault) return std::unexpected(std::move(*fault));

    ChatRequest request;
    auto model = root.find("model");
    if (!model) return std::unexpected(Refusal{.message = "you must provide a model parameter"});
    if (model->kind() != Kind::string || model->string().empty()) return std::unexpected(wrong_type("model", "a string"));
    request.model = model->string();

    fault = read_messages(root, request);
    if (!fault) fault = check_number(root, "temperature", 0, 2);
    if (!fault) fault = check_number(root, "top_p", 0, 1);
    if (!fault) fault = check_number(root, "n", 1, 128);
    if (!fault) fault = read_token_limit(root, request);
    if (!fault) fault = read_format(root, request);
    auto stream = root.find("stream");
    if (!fault && stream && stream->kind() == Kind::boolean && stream->boolean()) {
        fault = Refusal{.message = "This double of the API does not stream.", .param = "stream", .code = "unsupported_value"};
    }
    if (fault) return std::unexpected(std::move(*fault));
    return request;
}

} // namespace doorstep::sandbox::openai
