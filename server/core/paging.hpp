#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.hpp"

namespace doorstep {

/// Where a list goes on: the sort keys of the last item shown, opaque to clients.
std::string encode_cursor(const std::vector<std::string>& keys);
/// Throws Error 422 on the field `cursor` unless it was made by encode_cursor with as many keys.
std::vector<std::string> decode_cursor(std::string_view cursor, std::size_t keys);

/// The keys of a list that is ordered by a time and an id.
struct TimeCursor {
    std::optional<std::string> at;
    std::optional<std::string> id;
};
/// Throws Error 422 on the field `cursor`.
TimeCursor decode_time_cursor(std::string_view cursor);

template <class Text>
TimeCursor decode_time_cursor(const std::optional<Text>& cursor) {
    return cursor ? decode_time_cursor(cursor->value) : TimeCursor{};
}

/// `page` and `limit` of a list request, or its cursor, which wins.
struct Paging {
    std::int64_t page = 1;
    std::int64_t limit = 10;

    std::int64_t offset() const { return (page - 1) * limit; }
    /// One more than shown tells whether there is a next page.
    std::int64_t fetch() const { return limit + 1; }
};

/// Exact totals end here; beyond, counting would cost more than it tells.
inline constexpr std::int64_t counted_up_to = 10'000;

/// Cuts the extra item off; the cursor of what follows, if anything does.
template <class T, class Keys>
std::optional<std::string> cut_page(std::vector<T>& items, std::int64_t limit, Keys keys_of) {
    if (static_cast<std::int64_t>(items.size()) <= limit) return std::nullopt;
    items.resize(static_cast<std::size_t>(limit));
    return encode_cursor(keys_of(items.back()));
}

} // namespace doorstep
