#pragma once

#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace doorstep {

/// A file as an entry of a tar archive (POSIX ustar). The name: at most 99 characters of a relative path.
std::string tar_entry(std::string_view name, std::string_view bytes, Time changed);
/// What ends an archive.
std::string tar_end();

} // namespace doorstep
