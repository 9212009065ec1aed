#include "core/field.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/text.hpp"

namespace doorstep {

namespace {

constexpr std::size_t max_errors = 100; // a hostile list of a million bad items needs no million answers

} // namespace

void Reader::fail(std::string code, std::string message) {
    fail({}, std::move(code), std::move(message));
}

void Reader::fail(std::string_view member, std::string code, std::string message) {
    if (errors_.size() >= max_errors) return;
    auto field = path_;
    if (!member.empty()) {
        if (!field.empty()) field += '.';
        field += member;
    }
    errors_.push_back({std::move(field), std::move(code), std::move(message)});
}

void Reader::require_ok() const {
    if (failed()) throw invalid(errors_);
}

Reader::At::At(Reader& reader, std::string_view segment) : reader_(reader), length_(reader.path_.size()) {
    if (!reader_.path_.empty()) reader_.path_ += '.';
    reader_.path_ += segment;
}

Reader::At::At(Reader& reader, std::size_t index) : At(reader, std::string_view(std::to_string(index))) {}

Reader::At::~At() {
    reader_.path_.resize(length_);
}

std::optional<Fault> Field<std::string>::parse(std::string_view text, std::string& out) {
    if (!is_utf8(text)) return Fault{"invalid", "must be UTF-8 text"};
    if (text.find('\0') != text.npos) return Fault{"invalid", "may not contain NUL"};
    out = text;
    return std::nullopt;
}

std::optional<Fault> Field<bool>::parse(std::string_view text, bool& out) {
    if (text == "true" || text == "1" || text == "t") {
        out = true;
    } else if (text == "false" || text == "0" || text == "f") {
        out = false;
    } else {
        return Fault{"invalid", "must be true or false"};
    }
    return std::nullopt;
}

std::optional<Fault> Field<Uuid>::parse(std::string_view text, Uuid& out) {
    auto uuid = Uuid::parse(text);
    if (!uuid) return Fault{"invalid", "must be an id (a UUID)"};
    out = *uuid;
    return std::nullopt;
}

namespace detail {

std::optional<Fault> parse_integer(std::string_view text, std::int64_t min, std::int64_t max, std::int64_t& out) {
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool whole = error == std::errc{} && end == text.data() + text.size();
    if (error == std::errc::result_out_of_range || (whole && (value < min || value > max))) {
        return Fault{"out_of_range", fmt::format("must be a whole number from {} to {}", min, max)};
    }
    if (!whole) return Fault{"invalid", "must be a whole number"};
    out = value;
    return std::nullopt;
}

std::string integer_schema(std::int64_t min, std::int64_t max) {
    // JavaScript's numbers end before int64 does: bounds beyond them say nothing to a client.
    constexpr std::int64_t safe = 9'007'199'254'740'991;
    std::string out = R"({"type":"integer")";
    if (min >= -safe) out += fmt::format(R"(,"minimum":{})", min);
    if (max <= safe) out += fmt::format(R"(,"maximum":{})", max);
    return out + "}";
}

std::optional<Fault> parse_number(std::string_view text, double& out) {
    double value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return Fault{"invalid", "must be a number"};
    out = value;
    return std::nullopt;
}

void append_number(std::string& out, double value) {
    fmt::format_to(std::back_inserter(out), "{}", value);
}

} // namespace detail

} // namespace doorstep
