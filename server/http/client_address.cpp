#include "http/client_address.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>
#include <stdexcept>

#include "http/ascii.hpp"

namespace doorstep::http {
namespace {

constexpr AddressBytes mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string address_text(const AddressBytes& address) {
    char text[INET6_ADDRSTRLEN];
    bool v4 = std::memcmp(address.data(), mapped_prefix.data(), 12) == 0;
    if (v4)
        inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
    else
        inet_ntop(AF_INET6, address.data(), text, sizeof text);
    return text;
}

/// "192.0.2.1:80", "[2001:db8::1]:80" or a bare address.
std::optional<AddressBytes> parse_hop(std::string_view hop) {
    hop = strip(hop);
    if (hop.size() >= 2 && hop.front() == '"' && hop.back() == '"') hop = hop.substr(1, hop.size() - 2);
    if (!hop.empty() && hop.front() == '[') return parse_address(hop.substr(1, hop.find(']') - 1));
    auto colon = hop.find(':');
    if (colon != hop.npos && colon == hop.rfind(':')) hop = hop.substr(0, colon);
    return parse_address(hop);
}

std::string_view forwarded_part(std::string_view element, std::string_view name) {
    while (!element.empty()) {
        auto pair = strip(take_until(element, ';'));
        auto key = strip(take_until(pair, '='));
        if (equal_ignoring_case(key, name)) return strip(pair);
    }
    return {};
}

/// The items of all fields of that name, from the client to us.
std::vector<std::string_view> items(const Headers& headers, std::string_view name) {
    std::vector<std::string_view> list;
    for (const auto& [field, value] : headers.all()) {
        if (!equal_ignoring_case(field, name)) continue;
        for (std::string_view rest = value; !rest.empty();) list.push_back(strip(take_until(rest, ',')));
    }
    return list;
}

} // namespace

std::optional<AddressBytes> parse_address(std::string_view text) {
    if (text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    std::string terminated(text);
    AddressBytes address = mapped_prefix;
    if (inet_pton(AF_INET, terminated.c_str(), address.data() + 12) == 1) return address;
    if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
    return std::nullopt;
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& ranges) {
    for (auto& range : ranges) {
        auto slash = range.find('/');
        auto address = parse_address(std::string_view(range).substr(0, slash));
        int bits = 128;
        bool v4 = range.find(':') == range.npos;
        if (slash != range.npos) {
            auto end = range.data() + range.size();
            auto [stop, error] = std::from_chars(range.data() + slash + 1, end, bits);
            if (error != std::errc() || stop != end || bits < 0 || bits > (v4 ? 32 : 128)) address.reset();
            if (v4) bits += 96;
        }
        if (!address) throw std::invalid_argument("trusted proxy " + range + " is neither an address nor a CIDR range");
        ranges_.push_back({*address, bits});
    }
}

bool TrustedProxies::trusts(const AddressBytes& address) const {
    for (auto& range : ranges_) {
        auto whole = std::size_t(range.bits / 8);
        auto rest = range.bits % 8;
        if (std::memcmp(address.data(), range.address.data(), whole) != 0) continue;
        if (rest == 0 || (address[whole] ^ range.address[whole]) >> (8 - rest) == 0) return true;
    }
    return false;
}

std::optional<std::string> TrustedProxies::client_of(const std::vector<std::string_view>& hops) const {
    std::optional<AddressBytes> last;
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        auto address = parse_hop(*hop);
        if (!address) break; // "unknown", or nonsense: what lies behind it can't be believed
        last = address;
        if (!trusts(*address)) break;
    }
    if (!last) return std::nullopt;
    return address_text(*last);
}

void TrustedProxies::identify(std::string_view peer, Request& request) const {
    request.client_ip = peer;
    if (ranges_.empty()) return;
    auto peer_address = parse_address(peer);
    if (!peer_address || !trusts(*peer_address)) return;

    auto elements = items(request.headers, "Forwarded");
    std::vector<std::string_view> forwarded;
    for (auto element : elements) forwarded.push_back(forwarded_part(element, "for"));
    auto by_list = client_of(items(request.headers, "X-Forwarded-For"));
    auto by_standard = client_of(forwarded);
    if (by_list && by_standard) {
        if (*by_list == *by_standard) request.client_ip = *by_list;
    } else if (by_list || by_standard) {
        request.client_ip = by_list ? *by_list : *by_standard;
    }

    auto schemes = items(request.headers, "X-Forwarded-Proto");
    if (!schemes.empty())
        request.secure = request.secure || equal_ignoring_case(schemes.back(), "https");
    else if (!elements.empty())
        request.secure = request.secure || equal_ignoring_case(forwarded_part(elements.back(), "proto"), "https");
}

std::string rate_key(std::string_view client_ip) {
    auto address = parse_address(client_ip);
    if (!address) return std::string(client_ip);
    bool v4 = std::memcmp(address->data(), mapped_prefix.data(), 12) == 0;
    auto text = reinterpret_cast<const char*>(address->data());
    return v4 ? std::string(text + 12, 4) : std::string(text, 8);
}

} // namespace doorstep::http
