#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/id.hpp"

namespace doorstep {

/// A short text in base64url that stands for `content` and that only we can make: for links that work without sign-in, for ever.
/// Nothing is hidden in it. `purpose`: Sealer::derive(), so that a token for one use is none for another.
std::string sign_token(const Sealer& sealer, std::string_view purpose, std::string_view content);
/// The content of a token that is ours and has `size` bytes of it; null for any other text.
std::optional<std::string> read_token(const Sealer& sealer, std::string_view purpose, std::string_view token, std::size_t size);

/// The 16 bytes of an id, and the id of 16 bytes.
std::string raw_bytes(const Uuid& id);
Uuid uuid_of_bytes(std::string_view bytes);

} // namespace doorstep
