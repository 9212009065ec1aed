#pragma once

#include "core/field.hpp"

namespace doorstep {

/// A phone number as a person wrote it (at most 20 characters, shown again as written) and, where it can be dialled from
/// anywhere, its E.164 form, by which numbers are compared. Numbers without a country code are read as US numbers.
/// "Possible" suffices: the number plan at hand may be older than the number.
struct Phone {
    std::string value;

    /// E.164, or empty where the number is not a possible one.
    std::string e164() const;

    operator const std::string&() const { return value; }
    bool operator==(const Phone&) const = default;
};

template <>
struct Field<Phone> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Phone& out);
    static std::string_view view(const Phone& value) { return value.value; }
    static std::string schema() { return R"({"type":"string","format":"phone","minLength":3,"maxLength":20})"; }
    static Phone from_sql(std::string_view text) { return {std::string(text)}; }
};

} // namespace doorstep
