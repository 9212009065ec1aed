#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "http/client.hpp"
#include "modules/ai/language_model.hpp"

namespace doorstep::providers::openai {

/// An error answer, whichever of the known forms it has.
struct Refusal {
    std::string message; ///< empty: the body said nothing intelligible
    std::string code;
    std::string type;
    std::string param;
};

Refusal read_refusal(std::string_view body);
/// What an answer that is not 200 means.
ai::ModelFailure explain(int status, const Refusal& refusal);
/// The completion that a 200 carries, or why it is of no use. `wants_json`: the text must be one JSON object.
std::expected<ai::Completion, ai::ModelFailure> read_completion(std::string_view body, bool wants_json);

} // namespace doorstep::providers::openai
