#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/field.hpp"

namespace doorstep {

/// The text without white space around it (ASCII and the Unicode spaces).
std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);
/// Code points of valid UTF-8.
std::size_t utf8_length(std::string_view text);
bool is_utf8(std::string_view text);
/// At most `code_points` of them, cut where a code point ends.
std::string_view utf8_prefix(std::string_view text, std::size_t code_points);
std::string to_hex(std::string_view bytes);

namespace detail {
/// Trims, then checks UTF-8, control characters, the length in code points, and that something of it is seen where it must not be
/// empty. On one line, what turns the direction of writing is left out.
std::optional<Fault> parse_text(std::string_view text, std::size_t min, std::size_t max, bool one_line, std::string& out);
std::string text_schema(std::size_t min, std::size_t max);
} // namespace detail

/// Trimmed text of Min to Max code points on any number of lines; NUL and other control characters are refused.
template <std::size_t Min, std::size_t Max>
struct Text {
    std::string value;

    operator const std::string&() const { return value; }
    bool operator==(const Text&) const = default;
};

/// The same on one line: names, subjects, addresses.
template <std::size_t Min, std::size_t Max>
struct Line {
    std::string value;

    operator const std::string&() const { return value; }
    bool operator==(const Line&) const = default;
};

/// What must not be trimmed, logged or shown again: passwords, codes, tokens. At most Max bytes.
template <std::size_t Max>
struct Secret {
    std::string value;
};

template <std::size_t Min, std::size_t Max>
struct Field<Text<Min, Max>> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Text<Min, Max>& out) {
        return detail::parse_text(text, Min, Max, false, out.value);
    }
    static std::string_view view(const Text<Min, Max>& value) { return value.value; }
    static std::string schema() { return detail::text_schema(Min, Max); }
    static Text<Min, Max> from_sql(std::string_view text) { return {std::string(text)}; }
};

template <std::size_t Min, std::size_t Max>
struct Field<Line<Min, Max>> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Line<Min, Max>& out) {
        return detail::parse_text(text, Min, Max, true, out.value);
    }
    static std::string_view view(const Line<Min, Max>& value) { return value.value; }
    static std::string schema() { return detail::text_schema(Min, Max); }
    static Line<Min, Max> from_sql(std::string_view text) { return {std::string(text)}; }
};

template <std::size_t Max>
struct Field<Secret<Max>> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Secret<Max>& out) {
        if (text.empty()) return Fault{"required", "is required"};
        if (text.size() > Max) return Fault{"too_long", "is too long"};
        if (text.find('\0') != text.npos) return Fault{"invalid", "may not contain NUL"};
        out.value = text;
        return std::nullopt;
    }
    static std::string_view view(const Secret<Max>& value) { return value.value; }
    static std::string schema() { return R"({"type":"string","format":"password","maxLength":)" + std::to_string(Max) + "}"; }
};

} // namespace doorstep
