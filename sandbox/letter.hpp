#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/json.hpp"

namespace doorstep::sandbox {

/// What a prompt says of somebody, by lower-case names with underscores: "client_name", "property_address". Read from JSON
/// objects and from lines like "Client name: Ana Ruiz".
using Facts = std::map<std::string, std::string>;

Facts read_facts(std::string_view prompt);

/// A short, plausible, personal e-mail from facts. The same facts give the same letter.
struct Letter {
    std::string subject;
    std::string body; ///< paragraphs separated by blank lines, no signature
};
Letter write_letter(const Facts& facts);

/// A document that follows a JSON Schema (of strict structured outputs), its texts taken from the letter where their names
/// ask for a subject or a body.
std::string fill_schema(JsonView schema, const Letter& letter);

} // namespace doorstep::sandbox
