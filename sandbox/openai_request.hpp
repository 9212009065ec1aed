#pragma once

#include <expected>
#include <optional>
#include <string>

#include "core/json.hpp"

namespace doorstep::sandbox::openai {

/// An error as OpenAI words it.
struct Refusal {
    int status = 400;
    std::string message;
    std::string type = "invalid_request_error";
    std::string param; ///< empty: null
    std::string code;  ///< empty: null
};

struct ChatRequest {
    std::string model;
    std::string prompt; ///< everything that was said, in order
    std::optional<int> token_limit;
    std::optional<std::string> schema; ///< JSON Schema of the answer
    bool wants_object = false;         ///< any JSON object
};

/// Reads a request for a chat completion with the checks that OpenAI documents.
std::expected<ChatRequest, Refusal> read_chat_request(JsonView root);

} // namespace doorstep::sandbox::openai
