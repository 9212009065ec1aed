#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

enum class OtpHash { sha1, sha256, sha512 };

/// The one-time code of RFC 4226 for a counter; with the number of time steps as the counter, that of RFC 6238.
std::string one_time_code(std::string_view key, std::uint64_t counter, int digits = 6, OtpHash hash = OtpHash::sha1);

std::string base32_encode(std::string_view bytes);               ///< capitals, without padding
std::optional<std::string> base32_decode(std::string_view text); ///< in any case, with blanks and padding or without

} // namespace doorstep
