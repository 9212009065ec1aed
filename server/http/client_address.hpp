#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace doorstep::http {

/// An IP address as 16 bytes; IPv4 in its mapped form, so that both spellings of one address are equal.
using AddressBytes = std::array<std::uint8_t, 16>;
std::optional<AddressBytes> parse_address(std::string_view text);

/// Proxies whose word about the client counts.
class TrustedProxies {
public:
    /// Addresses and CIDR ranges. Throws std::invalid_argument that names the one that is neither.
    explicit TrustedProxies(const std::vector<std::string>& ranges);

    bool trusts(const AddressBytes& address) const;

    /// Sets the request's client_ip and secure from the peer and, where it is a trusted proxy, from what it forwarded: the
    /// rightmost address that no trusted proxy has. Where X-Forwarded-For and Forwarded disagree, one of them may be the
    /// client's own invention, and the peer's address stands.
    void identify(std::string_view peer, Request& request) const;

private:
    struct Range {
        AddressBytes address;
        int bits;
    };
    std::optional<std::string> client_of(const std::vector<std::string_view>& hops) const;

    std::vector<Range> ranges_;
};

/// What requests of one client are counted under: its address, or its /64 network in IPv6, which one customer has whole.
std::string rate_key(std::string_view client_ip);

} // namespace doorstep::http
