#include "sandbox/google_tokens.hpp"

#include <algorithm>
#include <array>

#include "core/crypto.hpp"
#include "core/crypto_jws.hpp"
#include "core/json.hpp"
#include "core/text.hpp"

namespace doorstep::sandbox::google {
namespace {

constexpr std::array<std::string_view, 13> tricks = {
    "wrong_issuer",  "wrong_audience", "wrong_nonce", "no_nonce", "expired",  "from_the_future",  "other_party",
    "bad_signature", "unknown_key",    "alg_none",    "hs256",    "no_email", "unverified_email",
};

std::int64_t seconds_of(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

void text(JsonWriter& json, std::string_view name, std::string_view value) {
    json.key(name);
    json.string(value);
}

std::string payload(const Claims& claims, std::string_view trick) {
    auto issued = seconds_of(claims.now);
    if (trick == "expired") issued -= 7200;
    if (trick == "from_the_future") issued += 7200;
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    text(json, "iss", trick == "wrong_issuer" ? "https://issuer.evil.test" : claims.issuer);
    text(json, "aud", trick == "wrong_audience" ? "another-client" : claims.client_id);
    text(json, "azp", trick == "other_party" ? "another-client" : claims.client_id);
    text(json, "sub", subject_of(claims.email));
    if (trick != "no_email") {
        text(json, "email", claims.email);
        json.key("email_verified");
        json.boolean(claims.email_verified && trick != "unverified_email");
    }
    text(json, "name", claims.name);
    text(json, "at_hash", base64url_encode(std::string_view(sha256(claims.access_token)).substr(0, 16)));
    if (trick != "no_nonce") text(json, "nonce", trick == "wrong_nonce" ? "another-nonce" : claims.nonce);
    json.key("iat");
    json.integer(issued);
    json.key("exp");
    json.integer(issued + 3600);
    json.end_object();
    return out;
}

std::string header(const Key& key, std::string_view trick) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    text(json, "alg", trick == "alg_none" ? "none" : trick == "hs256" ? "HS256" : "RS256");
    text(json, "kid", trick == "unknown_key" ? "nobody-knows-this-key" : key.id);
    text(json, "typ", "JWT");
    json.end_object();
    return out;
}

std::string signature(const Key& key, std::string_view trick, std::string_view data) {
    if (trick == "alg_none") return {};
    // The public key, taken for a shared secret: what a client falls for that lets the token choose the algorithm.
    if (trick == "hs256") return hmac_sha256(key.modulus, data);
    auto good = sign_rs256(key.private_key, data);
    if (trick == "bad_signature") good[good.size() / 2] ^= 1;
    return good;
}

} // namespace

std::string subject_of(std::string_view email) {
    auto hash = sha256(to_lower_ascii(email));
    std::string digits = "1";
    for (std::size_t i = 0; digits.size() < 21; ++i)
        digits += static_cast<char>('0' + static_cast<unsigned char>(hash[i]) % 10);
    return digits;
}

bool is_trick(std::string_view name) {
    return std::ranges::find(tricks, name) != tricks.end();
}

std::string id_token(const Key& key, Claims claims, const std::optional<std::string>& trick) {
    std::string_view how = trick ? std::string_view(*trick) : std::string_view();
    auto data = base64url_encode(header(key, how)) + "." + base64url_encode(payload(claims, how));
    return data + "." + base64url_encode(signature(key, how, data));
}

} // namespace doorstep::sandbox::google
