#include "core/text.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "core/unicode.hpp"

namespace doorstep {

namespace {

/// The next code point of valid UTF-8, or nullopt; moves `at` behind it.
std::optional<std::uint32_t> next_code_point(std::string_view text, std::size_t& at) {
    auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + size > text.size()) return std::nullopt;
    std::uint32_t point = lead & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        auto c = static_cast<unsigned char>(text[at + i]);
        if ((c & 0xc0) != 0x80) return std::nullopt;
        point = point << 6 | (c & 0x3f);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < smallest[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return std::nullopt;
    at += size;
    return point;
}

bool is_space(std::uint32_t point) {
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85 || point == 0xa0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 || point == 0x202f || point == 0x205f ||
           point == 0x3000 || point == 0xfeff;
}

bool is_control(std::uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 || point == 0x2029;
}

/// Turns the direction of what follows, so that a name is read as another one than it is.
bool turns_direction(std::uint32_t point) {
    return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

bool is_invisible(std::uint32_t point) {
    return is_space(point) || is_control(point) || is_unseen(point);
}

std::string without_turns(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto start = at;
        auto point = next_code_point(text, at);
        if (!point) return std::string(text);
        if (!turns_direction(*point)) out += text.substr(start, at - start);
    }
    return out;
}

} // namespace

std::string_view trim(std::string_view text) {
    std::size_t start = 0;
    while (start < text.size()) {
        auto next = start;
        auto point = next_code_point(text, next);
        if (!point || !is_space(*point)) break;
        start = next;
    }
    text.remove_prefix(start);
    while (!text.empty()) {
        auto last = text.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xc0) == 0x80) --last;
        auto next = last;
        auto point = next_code_point(text, next);
        if (!point || !is_space(*point)) break;
        text = text.substr(0, last);
    }
    return text;
}

std::string to_lower_ascii(std::string_view text) {
    std::string out(text);
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::size_t utf8_length(std::string_view text) {
    std::size_t count = 0;
    for (auto c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return count;
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (!next_code_point(text, at)) return false;
    }
    return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t code_points) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        bool starts = (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
        if (starts && code_points-- == 0) break;
    }
    return text.substr(0, at);
}

std::string to_hex(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (auto c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[c & 15];
    }
    return out;
}

namespace detail {

std::optional<Fault> parse_text(std::string_view text, std::size_t min, std::size_t max, bool one_line, std::string& out) {
    std::string clean;
    // All that turn are written with this byte, and most texts have none.
    if (one_line && text.find('\xe2') != text.npos) {
        clean = without_turns(text);
        text = clean;
    }
    text = trim(text);
    std::size_t length = 0;
    bool seen = false;
    for (std::size_t at = 0; at < text.size(); ++length) {
        auto point = next_code_point(text, at);
        if (!point) return Fault{"invalid", "must be UTF-8 text"};
        seen = seen || !is_invisible(*point);
        bool line_break = *point == '\n' || *point == '\r' || *point == '\t' || *point == 0x2028 || *point == 0x2029;
        if (is_control(*point) && (one_line || !line_break)) {
            return Fault{
                "invalid", one_line ? "must be one line without control characters" : "may not contain control characters"
            };
        }
    }
    if (!seen && min > 0) return Fault{"required", "may not be blank"};
    if (length < min) return Fault{"too_short", fmt::format("must have at least {} characters", min)};
    if (length > max) return Fault{"too_long", fmt::format("must have at most {} characters", max)};
    out = text;
    return std::nullopt;
}

std::string text_schema(std::size_t min, std::size_t max) {
    std::string out = R"({"type":"string")";
    if (min > 0) out += fmt::format(R"(,"minLength":{})", min);
    return out + fmt::format(R"(,"maxLength":{}}})", max);
}

} // namespace detail

} // namespace doorstep
