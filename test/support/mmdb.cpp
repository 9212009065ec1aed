#include "test/support/mmdb.hpp"

#include <arpa/inet.h>

#include <array>
#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace doorstep::test {

namespace {

enum Type { text_type = 2, double_type = 3, uint16_type = 5, uint32_type = 6, map_type = 7, uint64_type = 9, array_type = 11 };

std::string big_endian(std::uint64_t number, int bytes) {
    std::string out;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>((number >> shift) & 0xff);
    return out;
}

/// Types beyond 7 have a byte of their own. Sizes here are below 29.
std::string control(Type type, std::size_t size) {
    if (type <= map_type) return std::string(1, static_cast<char>(type << 5 | size));
    return {static_cast<char>(size), static_cast<char>(type - 7)};
}

std::string text(std::string_view words) {
    return control(text_type, words.size()) + std::string(words);
}

std::string number(Type type, std::uint64_t value, int bytes) {
    return control(type, std::size_t(bytes)) + big_endian(value, bytes);
}

std::string real(double value) {
    return control(double_type, 8) + big_endian(std::bit_cast<std::uint64_t>(value), 8);
}

std::string entry_of(const MmdbNetwork& network) {
    auto country = text("country") + control(map_type, 1) + text("iso_code") + text(network.country);
    if (!network.latitude || !network.longitude) return control(map_type, 1) + country;
    return control(map_type, 2) + country + text("location") + control(map_type, 2) + text("latitude") +
           real(*network.latitude) + text("longitude") + real(*network.longitude);
}

/// 128 bits; IPv4 lies in the last 32.
std::array<unsigned char, 16> bytes_of(const std::string& address) {
    std::array<unsigned char, 16> bytes{};
    bool four = address.find(':') == std::string::npos;
    if (inet_pton(four ? AF_INET : AF_INET6, address.c_str(), four ? bytes.data() + 12 : bytes.data()) != 1)
        throw std::invalid_argument(address + " is no address");
    return bytes;
}

/// A record is 0 (nothing), the number of a node, or -1 - offset of an entry.
struct Node {
    std::array<std::int64_t, 2> records{};
};

void insert(std::vector<Node>& nodes, const MmdbNetwork& network, std::int64_t record) {
    auto bytes = bytes_of(network.address);
    int depth = network.address.find(':') == std::string::npos ? network.bits + 96 : network.bits;
    std::size_t at = 0;
    for (int i = 0; i < depth; ++i) {
        auto bit = std::size_t(bytes[std::size_t(i) / 8] >> (7 - i % 8) & 1);
        if (i == depth - 1) {
            nodes[at].records[bit] = record;
        } else {
            if (nodes[at].records[bit] <= 0) {
                nodes[at].records[bit] = std::int64_t(nodes.size());
                nodes.emplace_back();
            }
            at = std::size_t(nodes[at].records[bit]);
        }
    }
}

std::string metadata(std::size_t nodes) {
    return "\xab\xcd\xefMaxMind.com" + control(map_type, 9) + text("node_count") + number(uint32_type, nodes, 4) +
           text("record_size") + number(uint16_type, 24, 2) + text("ip_version") + number(uint16_type, 6, 2) +
           text("database_type") + text("Test") + text("languages") + control(array_type, 0) +
           text("binary_format_major_version") + number(uint16_type, 2, 2) + text("binary_format_minor_version") +
           number(uint16_type, 0, 2) + text("build_epoch") + number(uint64_type, 1'900'000'000, 8) + text("description") +
           control(map_type, 0);
}

} // namespace

std::string make_mmdb(const std::vector<MmdbNetwork>& networks) {
    std::vector<Node> nodes(1);
    std::string data;
    for (auto& network : networks) {
        insert(nodes, network, -1 - std::int64_t(data.size()));
        data += entry_of(network);
    }
    std::string tree;
    constexpr std::int64_t separator = 16;
    auto count = std::int64_t(nodes.size());
    for (auto& node : nodes) {
        for (auto record : node.records) {
            auto written = record > 0 ? record : record == 0 ? count : count + separator + (-1 - record);
            tree += big_endian(std::uint64_t(written), 3);
        }
    }
    return tree + std::string(separator, '\0') + data + metadata(nodes.size());
}

} // namespace doorstep::test
