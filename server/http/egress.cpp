#include "http/egress.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>

namespace doorstep::http {
namespace {

struct Range {
    std::uint32_t first;
    int prefix;
};

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c, unsigned d) {
    return (a << 24) | (b << 16) | (c << 8) | d;
}

// IANA's registry of special-purpose IPv4 addresses, multicast and reserved space, and the one address of a cloud's host
// agent that lies in public space (168.63.129.16).
constexpr Range special_v4[] = {
    {v4(0, 0, 0, 0), 8},       {v4(10, 0, 0, 0), 8},      {v4(100, 64, 0, 0), 10},    {v4(127, 0, 0, 0), 8},
    {v4(169, 254, 0, 0), 16},  {v4(172, 16, 0, 0), 12},   {v4(192, 0, 0, 0), 24},     {v4(192, 0, 2, 0), 24},
    {v4(192, 31, 196, 0), 24}, {v4(192, 52, 193, 0), 24}, {v4(192, 88, 99, 0), 24},   {v4(192, 168, 0, 0), 16},
    {v4(192, 175, 48, 0), 24}, {v4(198, 18, 0, 0), 15},   {v4(198, 51, 100, 0), 24},  {v4(203, 0, 113, 0), 24},
    {v4(224, 0, 0, 0), 4},     {v4(240, 0, 0, 0), 4},     {v4(168, 63, 129, 16), 32},
};

bool is_public_v4(std::uint32_t address) {
    for (auto range : special_v4) {
        auto mask = ~std::uint32_t{0} << (32 - range.prefix);
        if ((address & mask) == range.first) return false;
    }
    return true;
}

bool is_public_v6(const std::uint8_t* bytes) {
    auto word = [bytes](int index) { return unsigned(bytes[2 * index]) << 8 | bytes[2 * index + 1]; };
    // Global unicast is 2000::/3. What lies outside (::1, mapped IPv4, NAT64, ULA, link-local, multicast) is never public.
    if ((word(0) & 0xe000) != 0x2000) return false;
    if (word(0) == 0x2001 && word(1) < 0x0200) return false;  // IETF protocol assignments: Teredo, ORCHID, benchmarking
    if (word(0) == 0x2001 && word(1) == 0x0db8) return false; // documentation
    if (word(0) == 0x2002) return false;                      // 6to4 carries any IPv4 address
    if (word(0) == 0x2620 && word(1) == 0x004f && word(2) == 0x8000) return false;
    if (word(0) == 0x3fff && word(1) < 0x1000) return false; // documentation
    return true;
}

} // namespace

bool is_public_address(const sockaddr* address) {
    if (address->sa_family == AF_INET) {
        return is_public_v4(ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        return is_public_v6(reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr.s6_addr);
    }
    return false;
}

bool is_public_address(std::string_view text) {
    std::string copy(text);
    in_addr four{};
    if (inet_pton(AF_INET, copy.c_str(), &four) == 1) return is_public_v4(ntohl(four.s_addr));
    in6_addr six{};
    if (inet_pton(AF_INET6, copy.c_str(), &six) == 1) return is_public_v6(six.s6_addr);
    return false;
}

} // namespace doorstep::http
