#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <string_view>

#include "core/task.hpp"

namespace doorstep::ai {

struct Prompt {
    std::string system;
    std::string user;
    int max_tokens = 600;
    std::string schema_name; ///< of the answer's JSON Schema; empty: free text
    std::string schema;      ///< strict: every property required, no additional ones
    std::chrono::milliseconds timeout{20'000};
};

struct Completion {
    std::string text; ///< of the first choice, whole
    std::string model;
    int prompt_tokens = 0;
    int completion_tokens = 0;
};

struct ModelFailure {
    bool retryable; ///< another try later may work (429, 5xx, time-out); not for quota, refusal, cut-off answers
    std::string reason;
};

/// A chat model. Fulfilled in providers/. One call, no retries within: the caller has a template to fall back to.
class LanguageModel {
public:
    virtual ~LanguageModel() = default;
    virtual std::string_view name() const = 0; ///< "openai"
    virtual Task<std::expected<Completion, ModelFailure>> complete(const Prompt& prompt) = 0;
};

} // namespace doorstep::ai
