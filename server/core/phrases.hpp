#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

/// Calls `literal` and `variable` for the parts of a text with {{variables}}, in their order. A `{{` without an end is literal.
void split_variables(
    std::string_view text, const std::function<void(std::string_view)>& literal,
    const std::function<void(std::string_view name)>& variable
);
/// Unknown variables become nothing.
std::string fill_in(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

/// The product's words for what code calls by a name, from templates/mail/<language>/phrases.txt.
std::optional<std::string> find_phrase(std::string_view language, std::string_view key);

} // namespace doorstep
