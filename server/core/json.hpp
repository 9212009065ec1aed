#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

/// A value of a parsed JSON document; a view, valid as long as its JsonDocument. Hides Boost.JSON, which is expensive to compile.
class JsonView {
public:
    enum class Kind { null, boolean, integer, number, string, array, object };

    Kind kind() const;
    bool is_null() const { return kind() == Kind::null; }
    /// These throw std::logic_error on another kind; ask kind() first.
    bool boolean() const;
    std::int64_t integer() const;
    double number() const;
    std::string_view string() const;
    /// Items of an array, members of an object, else 0.
    std::size_t size() const;
    JsonView at(std::size_t index) const;
    std::optional<JsonView> find(std::string_view member) const;
    void each_member(const std::function<void(std::string_view, JsonView)>& visit) const;
    /// Serialised again, compact.
    std::string text() const;

private:
    friend class JsonDocument;
    explicit JsonView(const void* value) : value_(value) {}
    const void* value_;
};

/// A parsed document: at most 32 levels deep, UTF-8 checked; of members with the same name the last counts.
class JsonDocument {
public:
    /// Throws Error 400 `malformed_json` with the position.
    static JsonDocument parse(std::string_view text);
    /// nullopt instead of an error.
    static std::optional<JsonDocument> try_parse(std::string_view text);

    JsonDocument(JsonDocument&&) noexcept;
    JsonDocument& operator=(JsonDocument&&) noexcept;
    ~JsonDocument();

    JsonView root() const;

private:
    struct Impl;
    explicit JsonDocument(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Writes JSON text straight into a string. Commas are put where they belong.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);
    /// A key quoted already, with its colon.
    void quoted_key(std::string_view key);
    void string(std::string_view value);
    void integer(std::int64_t value);
    void number(double value);
    void boolean(bool value);
    void null();
    /// A value that is JSON text already.
    void raw(std::string_view json);
    /// The end of the text, for a caller who appends one whole value to it.
    std::string& value() {
        separate();
        return out_;
    }

private:
    void separate() {
        if (comma_) out_ += ',';
        comma_ = true;
    }

    std::string& out_;
    bool comma_ = false;
};

/// Quoted and escaped as a JSON string.
std::string json_quote(std::string_view text);

/// A JSON value kept as text: custom fields, webhook payloads, job arguments. Compact, valid JSON or empty (absent).
struct Json {
    std::string text;

    bool operator==(const Json&) const = default;
};

/// The same, restricted to an object of at most 64 kB.
struct JsonObject {
    std::string text = "{}";

    bool operator==(const JsonObject&) const = default;
};

} // namespace doorstep
