#include "core/json.hpp"

#include <fmt/format.h>

#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "core/error.hpp"

namespace doorstep {

namespace {

namespace json = boost::json;

const json::value& as_value(const void* value) {
    return *static_cast<const json::value*>(value);
}

json::parse_options strict_options() {
    json::parse_options options;
    options.max_depth = 32;
    return options;
}

} // namespace

JsonView::Kind JsonView::kind() const {
    switch (as_value(value_).kind()) {
    case json::kind::null: return Kind::null;
    case json::kind::bool_: return Kind::boolean;
    case json::kind::int64: return Kind::integer;
    case json::kind::uint64:
    case json::kind::double_: return Kind::number;
    case json::kind::string: return Kind::string;
    case json::kind::array: return Kind::array;
    case json::kind::object: return Kind::object;
    }
    throw std::logic_error("a JSON value of no kind");
}

bool JsonView::boolean() const {
    return as_value(value_).as_bool();
}

std::int64_t JsonView::integer() const {
    return as_value(value_).as_int64();
}

double JsonView::number() const {
    auto& value = as_value(value_);
    if (value.is_int64()) return static_cast<double>(value.as_int64());
    if (value.is_uint64()) return static_cast<double>(value.as_uint64());
    return value.as_double();
}

std::string_view JsonView::string() const {
    auto& text = as_value(value_).as_string();
    return {text.data(), text.size()};
}

std::size_t JsonView::size() const {
    auto& value = as_value(value_);
    if (value.is_array()) return value.get_array().size();
    if (value.is_object()) return value.get_object().size();
    return 0;
}

JsonView JsonView::at(std::size_t index) const {
    return JsonView(&as_value(value_).as_array().at(index));
}

std::optional<JsonView> JsonView::find(std::string_view member) const {
    auto& value = as_value(value_);
    if (!value.is_object()) return std::nullopt;
    auto* found = value.get_object().if_contains(json::string_view(member.data(), member.size()));
    if (!found) return std::nullopt;
    return JsonView(found);
}

void JsonView::each_member(const std::function<void(std::string_view, JsonView)>& visit) const {
    for (auto& member : as_value(value_).as_object()) {
        visit({member.key().data(), member.key().size()}, JsonView(&member.value()));
    }
}

std::string JsonView::text() const {
    return json::serialize(as_value(value_));
}

struct JsonDocument::Impl {
    json::value root;
};

JsonDocument::JsonDocument(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonView JsonDocument::root() const {
    return JsonView(&impl_->root);
}

JsonDocument JsonDocument::parse(std::string_view text) {
    if (text.empty()) throw bad_request("malformed_json", "A JSON body is needed and none was sent.");
    json::error_code error;
    json::parser parser({}, strict_options());
    auto read = parser.write(text.data(), text.size(), error);
    if (error) {
        throw bad_request("malformed_json", fmt::format("The body is not valid JSON (near byte {}).", read));
    }
    return JsonDocument(std::make_unique<Impl>(Impl{parser.release()}));
}

std::optional<JsonDocument> JsonDocument::try_parse(std::string_view text) {
    try {
        return parse(text);
    } catch (const Error&) {
        return std::nullopt;
    }
}

void JsonWriter::begin_object() {
    separate();
    out_ += '{';
    comma_ = false;
}

void JsonWriter::end_object() {
    out_ += '}';
    comma_ = true;
}

void JsonWriter::begin_array() {
    separate();
    out_ += '[';
    comma_ = false;
}

void JsonWriter::end_array() {
    out_ += ']';
    comma_ = true;
}

namespace {

constexpr bool is_plain(unsigned char c) {
    return c >= 0x20 && c != '"' && c != '\\';
}

/// Whether none of eight bytes needs an escape. Most texts need none, and lists are made of texts.
bool are_plain(const char* bytes) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    auto holds_zero = [](std::uint64_t v) { return (v - ones) & ~v & ones << 7; };
    auto below_space = (word - ones * 0x20) & ~word & ones << 7;
    return (below_space | holds_zero(word ^ ones * '"') | holds_zero(word ^ ones * '\\')) == 0;
}

void append_quoted(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        while (i + 8 <= text.size() && are_plain(text.data() + i)) i += 8;
        if (i == text.size()) break;
        auto c = static_cast<unsigned char>(text[i]);
        if (is_plain(c)) continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            out += "\\u00";
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    out.append(text, plain);
    out += '"';
}

} // namespace

void JsonWriter::key(std::string_view name) {
    separate();
    append_quoted(out_, name);
    out_ += ':';
    comma_ = false;
}

void JsonWriter::quoted_key(std::string_view key) {
    separate();
    out_ += key;
    comma_ = false;
}

void JsonWriter::string(std::string_view value) {
    separate();
    append_quoted(out_, value);
}

void JsonWriter::integer(std::int64_t value) {
    char digits[20];
    auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    raw({digits, end});
}

void JsonWriter::number(double value) {
    separate();
    // JSON has no infinities; a rate that can't be computed is null, not a crash.
    if (std::isfinite(value))
        fmt::format_to(std::back_inserter(out_), "{}", value);
    else
        out_ += "null";
}

void JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
}

void JsonWriter::null() {
    separate();
    out_ += "null";
}

void JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
}

std::string json_quote(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

} // namespace doorstep
