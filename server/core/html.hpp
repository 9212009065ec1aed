#pragma once

#include <string>
#include <string_view>

namespace doorstep {

/// A text as it stands in HTML, in an attribute's quotes too.
std::string escape_html(std::string_view text);

} // namespace doorstep
