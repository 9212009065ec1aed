#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace doorstep::identity {

inline constexpr std::size_t least_password = 12; ///< characters

/// Throws Error 422 on `field` for a password that is shorter, in the list of those that leaked, or made of what everybody knows
/// of the person. Nothing else is asked of it: no digits, no signs.
void require_good_password(std::string_view field, std::string_view password, std::initializer_list<std::string_view> known);

} // namespace doorstep::identity
