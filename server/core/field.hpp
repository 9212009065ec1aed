#pragma once

// What a field's type says, once: how it reads from JSON and from text (queries, paths, CSV, configuration), how it is
// written, its OpenAPI schema, and its form as an SQL parameter and column. A scalar type specialises Field; described
// structs and enums, optionals, lists and patches follow from it in described.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/error.hpp"
#include "core/id.hpp"
#include "core/json.hpp"

namespace doorstep {

/// Why a text is not a T: a stable code and words that follow the field's name ("must be an e-mail address").
struct Fault {
    std::string code;
    std::string message;
};

enum class JsonKind { string, integer, number, boolean };

/// A scalar's codec. A specialisation has:
///   static constexpr JsonKind kind;
///   static std::optional<Fault> parse(std::string_view text, T& out);   // nullopt: fine
///   static std::string_view view(const T& value);                       // canonical text, also PostgreSQL's input
///   static std::string schema();                                        // JSON Schema as text
/// or, where the value is not kept as its text, instead of view:
///   static void append(std::string& out, const T& value);               // text that JSON takes without an escape
/// and, where PostgreSQL's output has another form or needs no check: static T from_sql(std::string_view).
template <class T>
struct Field;

namespace detail {
template <class T>
concept Viewed = requires(const T& value) { Field<T>::view(value); };
template <class T>
concept Appended = requires(const T& value, std::string& buffer) { Field<T>::append(buffer, value); };
} // namespace detail

template <class T>
concept Scalar =
    (detail::Viewed<T> || detail::Appended<T>) && requires(std::string_view text, T& out) { Field<T>::parse(text, out); };

/// Appends the canonical text.
template <Scalar T>
void append_text(std::string& out, const T& value) {
    if constexpr (detail::Viewed<T>)
        out += Field<T>::view(value);
    else
        Field<T>::append(out, value);
}

/// Collects every bad field of one input.
class Reader {
public:
    /// Strict inputs refuse unknown members by name; public forms and webhooks ignore them.
    enum class Unknown { refuse, ignore };

    explicit Reader(Unknown unknown = Unknown::refuse) : unknown_(unknown) {}

    bool refuses_unknown() const { return unknown_ == Unknown::refuse; }
    void fail(std::string code, std::string message);
    void fail(std::string_view member, std::string code, std::string message);
    bool failed() const { return !errors_.empty(); }
    const std::vector<FieldError>& errors() const { return errors_; }
    /// Throws Error 422 with every bad field, if there is one.
    void require_ok() const;

    /// Puts a member or index on the path while it lives.
    class At {
    public:
        At(Reader& reader, std::string_view segment);
        At(Reader& reader, std::size_t index);
        ~At();
        At(const At&) = delete;
        At& operator=(const At&) = delete;

    private:
        Reader& reader_;
        std::size_t length_;
    };

private:
    Unknown unknown_;
    std::string path_;
    std::vector<FieldError> errors_;
};

/// In a partial update, absent and null differ: an absent member changes nothing, null clears a Patch of an optional and is
/// refused for any other.
template <class T>
struct Patch {
    std::optional<T> value;

    bool is_set() const { return value.has_value(); }
    explicit operator bool() const { return is_set(); }
    const T& operator*() const { return *value; }
    const T* operator->() const { return &*value; }
};

template <>
struct Field<std::string> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, std::string& out);
    static std::string_view view(const std::string& value) { return value; }
    static std::string schema() { return R"({"type":"string"})"; }
    static std::string from_sql(std::string_view text) { return std::string(text); }
};

template <>
struct Field<bool> {
    static constexpr auto kind = JsonKind::boolean;
    static std::optional<Fault> parse(std::string_view text, bool& out);
    static void append(std::string& out, bool value) { out += value ? "true" : "false"; }
    static std::string schema() { return R"({"type":"boolean"})"; }
    static bool from_sql(std::string_view text) { return text == "t"; }
};

namespace detail {
std::optional<Fault> parse_integer(std::string_view text, std::int64_t min, std::int64_t max, std::int64_t& out);
std::string integer_schema(std::int64_t min, std::int64_t max);
std::optional<Fault> parse_number(std::string_view text, double& out);
void append_number(std::string& out, double value);
std::optional<Fault> parse_time(std::string_view text, Time& out);
void append_time(std::string& out, Time value);
Time time_from_sql(std::string_view text);
} // namespace detail

/// A whole number within bounds that are part of the type.
template <std::int64_t Min, std::int64_t Max>
struct Int {
    std::int64_t value = Min;

    operator std::int64_t() const { return value; }
};

template <std::int64_t Min, std::int64_t Max>
struct Field<Int<Min, Max>> {
    static constexpr auto kind = JsonKind::integer;
    static std::optional<Fault> parse(std::string_view text, Int<Min, Max>& out) {
        return detail::parse_integer(text, Min, Max, out.value);
    }
    static void append(std::string& out, Int<Min, Max> value) { out += std::to_string(value.value); }
    static std::string schema() { return detail::integer_schema(Min, Max); }
};

template <class T>
    requires std::is_integral_v<T> && (!std::is_same_v<T, bool>)
struct Field<T> {
    static constexpr auto kind = JsonKind::integer;
    static std::optional<Fault> parse(std::string_view text, T& out) {
        std::int64_t value = 0;
        auto fault = detail::parse_integer(text, min, max, value);
        if (!fault) out = static_cast<T>(value);
        return fault;
    }
    static void append(std::string& out, T value) { out += std::to_string(value); }
    static std::string schema() { return detail::integer_schema(min, max); }

private:
    static constexpr std::int64_t min = std::is_signed_v<T> ? std::int64_t(std::numeric_limits<T>::min()) : 0;
    static constexpr std::int64_t max =
        sizeof(T) == 8 ? std::numeric_limits<std::int64_t>::max() : std::int64_t(std::numeric_limits<T>::max());
};

template <>
struct Field<double> {
    static constexpr auto kind = JsonKind::number;
    static std::optional<Fault> parse(std::string_view text, double& out) { return detail::parse_number(text, out); }
    static void append(std::string& out, double value) { detail::append_number(out, value); }
    static std::string schema() { return R"({"type":"number"})"; }
};

/// RFC 3339 with an offset; written in UTC with Z.
template <>
struct Field<Time> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Time& out) { return detail::parse_time(text, out); }
    static void append(std::string& out, Time value) { detail::append_time(out, value); }
    static std::string schema() { return R"({"type":"string","format":"date-time"})"; }
    static Time from_sql(std::string_view text) { return detail::time_from_sql(text); }
};

template <>
struct Field<Uuid> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Uuid& out);
    static void append(std::string& out, const Uuid& value) { value.append_to(out); }
    static std::string schema() { return R"({"type":"string","format":"uuid"})"; }
};

template <class T>
struct Field<Id<T>> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Id<T>& out) { return Field<Uuid>::parse(text, out.value); }
    static void append(std::string& out, const Id<T>& value) { value.value.append_to(out); }
    static std::string schema() { return Field<Uuid>::schema(); }
};

} // namespace doorstep
