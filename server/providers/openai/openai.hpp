#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "http/client.hpp"
#include "modules/ai/language_model.hpp"

namespace doorstep::providers {

/// What a server was found not to understand. Compatible servers (vLLM, llama.cpp, Ollama, gateways) lag behind OpenAI in
/// different places; one is asked in the newest way first and not again after it refused.
struct OpenAiDialect {
    enum class Format { schema, object, none };

    std::atomic<bool> old_token_limit{false}; ///< `max_tokens` instead of `max_completion_tokens`
    std::atomic<Format> format{Format::schema};
};

struct OpenAiOptions {
    std::string api_key;
    std::string base_url = "https://api.openai.com/v1"; ///< with or without a version at its end
    std::string model = "gpt-4o-mini";
    int max_tokens = 0; ///< a ceiling over what prompts ask for; 0: none
    /// Shared by the copies of these options, so that the threads of a process learn together.
    std::shared_ptr<OpenAiDialect> dialect = std::make_shared<OpenAiDialect>();
};

/// OpenAI's chat completions, or a server that is compatible with them. `client` belongs to the calling thread.
std::unique_ptr<ai::LanguageModel> make_openai(OpenAiOptions options, http::Client& client);

} // namespace doorstep::providers
