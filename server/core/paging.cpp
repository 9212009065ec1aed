#include "core/paging.hpp"

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "core/time.hpp"

namespace doorstep {

std::string encode_cursor(const std::vector<std::string>& keys) {
    return base64url_encode(to_json(keys));
}

std::vector<std::string> decode_cursor(std::string_view cursor, std::size_t keys) {
    auto refuse = [] { return invalid("cursor", "invalid", "is not a cursor of this list"); };
    auto text = base64url_decode(cursor);
    auto document = text ? JsonDocument::try_parse(*text) : std::nullopt;
    if (!document) throw refuse();
    Reader reader;
    std::vector<std::string> values;
    if (!read_json(document->root(), values, reader) || values.size() != keys) throw refuse();
    return values;
}

TimeCursor decode_time_cursor(std::string_view cursor) {
    auto keys = decode_cursor(cursor, 2);
    if (!parse_rfc3339(keys[0]) || !Uuid::parse(keys[1])) throw invalid("cursor", "invalid", "is not a cursor of this list");
    return {std::move(keys[0]), std::move(keys[1])};
}

} // namespace doorstep
