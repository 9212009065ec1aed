#pragma once

#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/text.hpp"

namespace doorstep {

/// How an address is known after the address itself had to be forgotten: those who have it can recognise it, nobody can read it.
/// `key`: Sealer::derive() for one use, so that what is kept for one purpose tells nothing for another.
inline std::string address_hash(std::string_view key, Uuid account, std::string_view address) {
    return "sha256:" + to_hex(hmac_sha256(key, account.text() + " " + std::string(address)));
}

/// The use of Sealer::derive() for addresses that must not be written to any more.
inline constexpr std::string_view suppressed_addresses = "suppressed addresses";

} // namespace doorstep
