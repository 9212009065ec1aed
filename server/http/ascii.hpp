#pragma once

// Characters and small pieces of header fields, as the RFCs' grammars know them: ASCII only, never the locale.

#include <charconv>
#include <string>
#include <string_view>

namespace doorstep::http {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr bool is_alphanumeric(char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
}

constexpr int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// RFC 9110's tchar: methods and field names.
constexpr bool is_token(char c) {
    return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}

/// Without spaces and tabs around it.
constexpr std::string_view strip(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Cuts the part before the separator off `rest` (all of it where there is none).
constexpr std::string_view take_until(std::string_view& rest, char separator) {
    auto at = rest.find(separator);
    auto part = rest.substr(0, at);
    rest.remove_prefix(at == rest.npos ? rest.size() : at + 1);
    return part;
}

/// The weight in the parameters of an Accept item ("q=0.5"); 1 where there is none, 0 for nonsense.
inline double quality(std::string_view parameters) {
    while (!parameters.empty()) {
        auto parameter = strip(take_until(parameters, ';'));
        if (parameter.size() < 3 || lower(parameter[0]) != 'q' || parameter[1] != '=') continue;
        double value = 0;
        auto digits = parameter.substr(2);
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size() && value >= 0 && value <= 1 ? value : 0;
    }
    return 1;
}

/// Whether a comma-separated field holds the token.
constexpr bool list_has(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        if (equal_ignoring_case(strip(take_until(list, ',')), token)) return true;
    }
    return false;
}

/// Decodes %XX once; false where a triplet is malformed (it is then kept as it stands).
bool percent_decode_strict(std::string_view text, bool plus_is_space, std::string& out);

/// Valid UTF-8 without NUL: what the store can keep.
bool is_clean_text(std::string_view text);

} // namespace doorstep::http
