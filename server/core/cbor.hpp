#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

/// A value of CBOR (RFC 8949), as far as authenticators write it: definite lengths, no tags, no floats.
struct Cbor {
    enum class Kind { integer, bytes, text, array, map, boolean, null };

    Kind kind = Kind::null;
    std::int64_t integer = 0; ///< of a boolean: 0 or 1
    std::string text;         ///< bytes or text
    std::vector<Cbor> items;  ///< of a map: key, value, key, value, …

    /// A map's value; null where there is none or this is no map.
    const Cbor* find(std::string_view key) const;
    const Cbor* find(std::int64_t key) const;
};

/// Reads one value from the front of `bytes`, which loses it. nullopt for anything else, such as too deep a nesting.
std::optional<Cbor> read_cbor(std::string_view& bytes);

} // namespace doorstep
