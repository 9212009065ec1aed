#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "http/router.hpp"

namespace doorstep::accounts {

/// A line of the table: who may do what the scope stands for. Each endpoint names one scope, so that the table speaks of all.
struct Right {
    std::string_view scope;
    std::string_view roles; ///< a letter each: O owner, A admin, S staff, G agent, T assistant
    http::Permission::Acting acting = http::Permission::Acting::allowed;
};

/// THE table of rights, by scope.
const std::vector<Right>& rights();

} // namespace doorstep::accounts
