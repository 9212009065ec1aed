#pragma once

#include <string_view>

namespace doorstep {

/// Whether `key`, a COSE_Key (RFC 9052), is one that verify_cose can use: ES256 on P-256, EdDSA on Ed25519, or RS256.
bool is_cose_key(std::string_view key);
/// Verifies a signature over `data` as authenticators make it (ES256: DER). False on any doubt.
bool verify_cose(std::string_view key, std::string_view signature, std::string_view data);

} // namespace doorstep
