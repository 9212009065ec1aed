#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "modules/identity/openid.hpp"

namespace doorstep::providers {

/// A public signing key of a JWKS that can verify RS256 or ES256; others are left out.
struct SigningKey {
    std::string id; ///< kid; may be empty
    std::string algorithm;
    std::string first;  ///< RSA: modulus; EC: x
    std::string second; ///< RSA: exponent; EC: y
};
std::vector<SigningKey> read_signing_keys(std::string_view jwks);

/// What an ID token must say.
struct TokenExpectation {
    std::string issuer;
    std::string client_id;
    std::string nonce;
    std::string access_token; ///< for at_hash, where the token has one
    Time now;
};

/// `unknown_key`: fetch the keys anew and ask once more.
struct TokenFault {
    bool unknown_key = false;
    std::string reason;
};

/// Signature first, then OpenID Connect Core 3.1.3.7: issuer, audience, azp, times, nonce.
std::expected<identity::OpenIdPerson, TokenFault> check_id_token(
    std::string_view token, const std::vector<SigningKey>& keys, const TokenExpectation& expected
);

} // namespace doorstep::providers
