#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "http/router.hpp"

namespace doorstep::accounts {

/// A line of the table: who may do what the scope stands for, or the one operation. Each endpoint names a scope, so that the table
/// speaks of all; an operation's own line wins.
struct Right {
    std::string_view what;
    std::string_view roles; ///< a letter each: O owner, A admin, S staff, G agent, T assistant
    http::Permission::Acting acting = http::Permission::Acting::allowed;
};

/// THE table of rights.
const std::vector<Right>& rights();

} // namespace doorstep::accounts
