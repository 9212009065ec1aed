#pragma once

#include <memory>
#include <string>

#include "modules/identity/places.hpp"

namespace doorstep::providers {

/// Reads a file in MaxMind's format: GeoLite2 or GeoIP2, Country or City, or another vendor's with the same fields. Throws
/// std::runtime_error for a file that is none.
std::unique_ptr<identity::Places> open_maxmind(const std::string& file);

} // namespace doorstep::providers
