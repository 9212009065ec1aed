#pragma once

#include <string_view>

namespace doorstep::http {

/// Whether a list of entity tags (If-Match, If-None-Match) names the version: `"a", W/"b"` or `*`.
bool tag_list_matches(std::string_view list, std::string_view version);

} // namespace doorstep::http
