#pragma once

#include <optional>
#include <string>
#include <vector>

namespace doorstep::test {

/// A network and what a file in MaxMind's format says of it.
struct MmdbNetwork {
    std::string address; ///< "203.0.113.0" or "2001:db8::"
    int bits = 24;       ///< of the address's own family
    std::string country;
    std::optional<double> latitude = {};
    std::optional<double> longitude = {};
};

/// Such a file (MaxMind DB 2.0, 24-bit records, IPv4 below ::/96), written from the format's specification.
std::string make_mmdb(const std::vector<MmdbNetwork>& networks);

} // namespace doorstep::test
