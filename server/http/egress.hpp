#pragma once

#include <string>
#include <string_view>

struct sockaddr;

namespace doorstep::http {

/// Whether an address belongs to the public internet: not private, loopback, link-local, shared, documentation, multicast,
/// translated (mapped, 6to4, Teredo, NAT64), reserved, nor a cloud's metadata service. Anything but IPv4 and IPv6 is not.
bool is_public_address(const sockaddr* address);
/// The same for a numeric address as text.
bool is_public_address(std::string_view text);

} // namespace doorstep::http
