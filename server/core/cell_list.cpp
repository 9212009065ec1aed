#include "core/cell_list.hpp"

#include <optional>

#include "core/text.hpp"

namespace doorstep {

namespace {

constexpr std::string_view separators = ",;|";

/// The value that a quotation is, which is taken off the text; nullopt where the text does not begin with a whole one.
std::optional<std::string> take_quotation(std::string_view& text) {
    if (!text.starts_with('"')) return std::nullopt;
    std::string value;
    auto rest = text.substr(1);
    for (;;) {
        auto quote = rest.find('"');
        if (quote == rest.npos) return std::nullopt;
        value += rest.substr(0, quote);
        rest.remove_prefix(quote + 1);
        if (!rest.starts_with('"')) break;
        value += '"';
        rest.remove_prefix(1);
    }
    rest = trim(rest);
    if (!rest.empty() && separators.find(rest.front()) == separators.npos) return std::nullopt;
    text = rest;
    return value;
}

} // namespace

std::string write_cell_list(const std::vector<std::string>& values) {
    std::string text;
    for (auto& value : values) {
        if (!text.empty()) text += ", ";
        if (value.find_first_of(separators) == value.npos && !value.starts_with('"')) {
            text += value;
            continue;
        }
        text += '"';
        for (char c : value) {
            if (c == '"') text += '"';
            text += c;
        }
        text += '"';
    }
    return text;
}

std::vector<std::string> read_cell_list(std::string_view text) {
    std::vector<std::string> values;
    for (text = trim(text); !text.empty(); text = trim(text)) {
        auto value = take_quotation(text);
        if (!value) {
            auto plain = text.substr(0, text.find_first_of(separators));
            value = trim(plain);
            text.remove_prefix(plain.size());
        }
        if (!value->empty()) values.push_back(std::move(*value));
        if (!text.empty()) text.remove_prefix(1);
    }
    return values;
}

} // namespace doorstep
