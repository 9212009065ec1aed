#pragma once

#include <string>
#include <string_view>

namespace doorstep {

/// Latin letters without what is above or below them, as people who look for a word write it; everything else as it is.
std::string without_accents(std::string_view text);

} // namespace doorstep
