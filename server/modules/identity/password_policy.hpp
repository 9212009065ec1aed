#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/text.hpp"

namespace doorstep::identity {

inline constexpr std::size_t least_password = 12; ///< characters

/// What is wrong with a password, whoever has chosen it: too short, or in the list of those that leaked.
std::optional<Fault> password_fault(std::string_view password);

/// A password that somebody chooses: what is wrong with it is told along with the other fields of its form.
struct NewPassword {
    std::string value;
};

/// Throws Error 422 on `field` for a password that is shorter, in the list of those that leaked, or made of what everybody knows
/// of the person. Nothing else is asked of it: no digits, no signs.
void require_good_password(std::string_view field, std::string_view password, std::initializer_list<std::string_view> known);

} // namespace doorstep::identity

template <>
struct doorstep::Field<doorstep::identity::NewPassword> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, identity::NewPassword& out);
    static std::string_view view(const identity::NewPassword& value) { return value.value; }
    static std::string schema() { return Field<Secret<1024>>::schema(); }
};
