#pragma once

#include <string>

#include "app/config.hpp"

namespace doorstep::app {

/// The configured key, or the one in the data folder, which is made at first use and can be read by its owner only. Several
/// processes that start at once agree on one. Throws std::runtime_error with advice.
std::string master_key(const Config& config);
std::string master_key_file(const Config& config);

} // namespace doorstep::app
