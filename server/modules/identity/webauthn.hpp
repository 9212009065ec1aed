#pragma once

// What an authenticator says (W3C Web Authentication, level 3), read and checked; nothing here knows the store.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep::identity {

/// Who asks: the domain that keys belong to, and the one origin that may use them.
struct RelyingParty {
    std::string id;
    std::string origin;
};
/// Of the public address. Keys are for names, not numbers: the loopback addresses count as localhost.
RelyingParty relying_party(std::string_view public_url);

/// What the browser puts around the challenge.
struct ClientData {
    std::string type;
    std::string challenge;
    std::string origin;
};
/// From `clientDataJSON` in base64url. Throws Error 422 for what is none, or comes from another page.
ClientData read_client_data(std::string_view encoded, std::string_view type, const RelyingParty& party);

struct AuthenticatorData {
    std::uint32_t sign_count = 0;
    std::string credential_id; ///< when a key is made
    std::string public_key;    ///< COSE, when a key is made
};
/// Throws Error 422 unless it is for this party, by a person who is present and was verified.
AuthenticatorData read_authenticator_data(std::string_view bytes, const RelyingParty& party, bool with_key);
/// From an attestation object in base64url. What the authenticator says of its maker is not asked for.
AuthenticatorData read_attestation(std::string_view encoded, const RelyingParty& party);

} // namespace doorstep::identity
