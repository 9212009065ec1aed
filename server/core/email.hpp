#pragma once

#include "core/field.hpp"

namespace doorstep {

/// An e-mail address as RFC 5321 allows it in an ordinary mailbox (dot-atom or UTF-8 local part, a dotted domain, at most 254
/// bytes). Kept as written but for the domain, which is lower-cased; compared by `key`.
struct Email {
    std::string value;

    /// The form that compares equal without case.
    std::string key() const;
    /// "a•••@example.com", for places where the whole address must not be shown.
    std::string masked() const;

    operator const std::string&() const { return value; }
    bool operator==(const Email&) const = default;
};

template <>
struct Field<Email> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Email& out);
    static std::string_view view(const Email& value) { return value.value; }
    static std::string schema() { return R"({"type":"string","format":"email","maxLength":254})"; }
    static Email from_sql(std::string_view text) { return {std::string(text)}; }
};

} // namespace doorstep
