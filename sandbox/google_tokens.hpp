#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/described.hpp"

namespace doorstep::sandbox::google {

struct Key {
    std::string id;
    std::string private_key;
    std::string modulus;  ///< base64url
    std::string exponent; ///< base64url
    BOOST_DESCRIBE_CLASS(Key, (), (id, private_key, modulus, exponent), (), ())
};

/// What an ID token says.
struct Claims {
    std::string issuer;
    std::string client_id;
    std::string nonce;
    std::string email;
    std::string name;
    bool email_verified = true;
    std::string access_token;
    Time now;
};

/// A person's id: the same for the same address, 21 digits as Google's are.
std::string subject_of(std::string_view email);
/// Whether a token can be made wrong in that way: "wrong_issuer", "wrong_audience", "wrong_nonce", "no_nonce", "expired",
/// "from_the_future", "other_party", "bad_signature", "unknown_key", "alg_none", "hs256", "no_email", "unverified_email".
bool is_trick(std::string_view name);
/// A signed token; with a trick, one that a client must not believe (the last two it may, but not the address).
std::string id_token(const Key& key, Claims claims, const std::optional<std::string>& trick);

} // namespace doorstep::sandbox::google
