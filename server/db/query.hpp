#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"

namespace doorstep::db {

/// A named statement, defined once as a static next to its only user. The name is the prepared statement, the log field and the
/// metric. Every query registers itself, so that a test can PREPARE each one against the migrated schema. At namespace scope
/// only: registering is over when threads begin.
class Query {
public:
    Query(const char* name, const char* sql);
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    const char* name() const { return name_; }
    const char* sql() const { return sql_; }
    /// Its place in all(): what a connection notes about it stands there.
    std::size_t index() const { return index_; }
    static const std::vector<const Query*>& all();

    /// What became of it in this process, over all threads.
    struct Counters {
        std::atomic<std::uint64_t> runs{0};
        std::atomic<std::uint64_t> failures{0};
        std::atomic<std::uint64_t> microseconds{0}; ///< from sending to the answer, where somebody waited for it
    };
    Counters& counters() const { return counters_; }

private:
    const char* name_;
    const char* sql_;
    std::size_t index_;
    mutable Counters counters_;
};

/// A parameter in PostgreSQL's text format; nullopt is NULL.
using Param = std::optional<std::string>;

/// An element of an array literal, quoted.
void append_array_item(std::string& out, std::string_view item);

template <class T>
Param to_param(const T& value) {
    if constexpr (detail::is_optional<T>) {
        return value ? to_param(*value) : std::nullopt;
    } else if constexpr (detail::is_patch<T>) {
        return to_param(value.value);
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
        return std::string(std::string_view(value));
    } else if constexpr (Scalar<T>) {
        std::string text;
        append_text(text, value);
        return text;
    } else if constexpr (std::is_same_v<T, Json>) {
        return value.text.empty() ? std::nullopt : Param(value.text);
    } else if constexpr (std::is_same_v<T, JsonObject>) {
        return value.text;
    } else if constexpr (detail::is_list<T>) {
        if constexpr (Scalar<typename T::value_type>) {
            std::string out = "{";
            for (const auto& item : value) {
                if (out.size() > 1) out += ',';
                append_array_item(out, *to_param(item));
            }
            return out + "}";
        } else {
            return to_json(value); // a list of structs is a jsonb column
        }
    } else if constexpr (std::is_same_v<T, std::nullopt_t>) {
        return std::nullopt;
    } else {
        return to_json(value);
    }
}

/// Items of an array literal; NULL items are not ours.
std::vector<std::string> split_array(std::string_view literal);

/// A column's text to a T. Throws std::logic_error on NULL where T has no room for it.
template <class T>
T from_column(std::optional<std::string_view> column) {
    if constexpr (detail::is_optional<T>) {
        if (!column) return std::nullopt;
        return from_column<typename T::value_type>(column);
    } else if constexpr (std::is_same_v<T, Json>) {
        return Json{column ? std::string(*column) : std::string()};
    } else {
        if (!column) throw std::logic_error("a NULL column where a value was declared");
        if constexpr (std::is_same_v<T, JsonObject>) {
            return JsonObject{std::string(*column)};
        } else if constexpr (Scalar<T>) {
            if constexpr (requires { Field<T>::from_sql(*column); }) {
                return Field<T>::from_sql(*column);
            } else {
                T value{};
                if (auto fault = Field<T>::parse(*column, value))
                    throw std::logic_error("a column does not parse: " + fault->message);
                return value;
            }
        } else if constexpr (detail::is_list<T>) {
            if constexpr (Scalar<typename T::value_type>) {
                T list;
                for (const auto& item : split_array(*column)) list.push_back(from_column<typename T::value_type>(item));
                return list;
            } else {
                return from_json<T>(*column, Reader::Unknown::ignore);
            }
        } else {
            return from_json<T>(*column, Reader::Unknown::ignore);
        }
    }
}

} // namespace doorstep::db
