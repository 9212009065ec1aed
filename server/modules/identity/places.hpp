#pragma once

#include <optional>
#include <string>

namespace doorstep::identity {

/// Where an address is, as far as that is known.
struct Place {
    std::optional<std::string> country; ///< ISO 3166-1, "DE"
    std::optional<double> latitude;
    std::optional<double> longitude;
};

/// Knows where client addresses are. Used by several threads at once.
class Places {
public:
    virtual ~Places() = default;
    virtual Place find(const std::string& address) const = 0;
};

} // namespace doorstep::identity
