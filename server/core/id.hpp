#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace doorstep {

/// RFC 9562 UUID, in network order.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// Version 7: time-ordered to the millisecond, and strictly increasing within a thread.
    static Uuid v7(Time now);
    /// The canonical 36-character form, any case; nullopt if it is anything else.
    static std::optional<Uuid> parse(std::string_view text);
    std::string text() const;
    void append_to(std::string& out) const;
    bool is_nil() const { return *this == Uuid{}; }

    auto operator<=>(const Uuid&) const = default;
};

/// The id of a T; ids of different things do not mix.
template <class T>
struct Id {
    Uuid value;

    static Id make(Time now) { return Id{Uuid::v7(now)}; }
    std::string text() const { return value.text(); }
    bool is_nil() const { return value.is_nil(); }

    auto operator<=>(const Id&) const = default;
};

} // namespace doorstep

template <>
struct std::hash<doorstep::Uuid> {
    std::size_t operator()(const doorstep::Uuid& uuid) const noexcept;
};

template <class T>
struct std::hash<doorstep::Id<T>> {
    std::size_t operator()(const doorstep::Id<T>& id) const noexcept { return std::hash<doorstep::Uuid>{}(id.value); }
};
