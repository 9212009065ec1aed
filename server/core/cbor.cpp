#include "core/cbor.hpp"

#include <limits>

namespace doorstep {
namespace {

constexpr int deepest = 8;

bool read_head(std::string_view& bytes, int& major, std::uint64_t& argument) {
    if (bytes.empty()) return false;
    auto first = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    major = first >> 5;
    argument = first & 0x1f;
    if (argument < 24) return true;
    if (argument > 27) return false; // reserved, or without an end
    auto size = std::size_t(1) << (argument - 24);
    if (bytes.size() < size) return false;
    argument = 0;
    for (std::size_t i = 0; i < size; ++i) argument = (argument << 8) | static_cast<unsigned char>(bytes[i]);
    bytes.remove_prefix(size);
    return true;
}

std::optional<Cbor> read(std::string_view& bytes, int depth);

bool read_items(std::string_view& bytes, std::uint64_t count, int depth, Cbor& out) {
    if (count > bytes.size()) return false; // each takes a byte or more
    for (std::uint64_t i = 0; i < count; ++i) {
        auto item = read(bytes, depth + 1);
        if (!item) return false;
        out.items.push_back(std::move(*item));
    }
    return true;
}

std::optional<Cbor> read(std::string_view& bytes, int depth) {
    int major = 0;
    std::uint64_t argument = 0;
    if (depth > deepest || !read_head(bytes, major, argument)) return std::nullopt;
    Cbor value;
    switch (major) {
    case 0:
    case 1:
        if (argument > std::uint64_t(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
        value.kind = Cbor::Kind::integer;
        value.integer = major == 0 ? std::int64_t(argument) : -1 - std::int64_t(argument);
        return value;
    case 2:
    case 3:
        if (argument > bytes.size()) return std::nullopt;
        value.kind = major == 2 ? Cbor::Kind::bytes : Cbor::Kind::text;
        value.text = bytes.substr(0, argument);
        bytes.remove_prefix(argument);
        return value;
    case 4:
        value.kind = Cbor::Kind::array;
        if (!read_items(bytes, argument, depth, value)) return std::nullopt;
        return value;
    case 5:
        value.kind = Cbor::Kind::map;
        if (argument > bytes.size() || !read_items(bytes, argument * 2, depth, value)) return std::nullopt;
        return value;
    case 7:
        if (argument == 20 || argument == 21) {
            value.kind = Cbor::Kind::boolean;
            value.integer = argument == 21;
            return value;
        }
        if (argument == 22) return value;
        return std::nullopt;
    default: return std::nullopt;
    }
}

} // namespace

const Cbor* Cbor::find(std::string_view key) const {
    for (std::size_t i = 0; kind == Kind::map && i + 1 < items.size(); i += 2) {
        if (items[i].kind == Kind::text && items[i].text == key) return &items[i + 1];
    }
    return nullptr;
}

const Cbor* Cbor::find(std::int64_t key) const {
    for (std::size_t i = 0; kind == Kind::map && i + 1 < items.size(); i += 2) {
        if (items[i].kind == Kind::integer && items[i].integer == key) return &items[i + 1];
    }
    return nullptr;
}

std::optional<Cbor> read_cbor(std::string_view& bytes) {
    return read(bytes, 0);
}

} // namespace doorstep
