#include "modules/webhooks/secret.hpp"

namespace doorstep::webhooks {

namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::string_view purpose = "webhook secret";
constexpr std::size_t secret_size = 32;

} // namespace

std::string make_secret() {
    std::string bytes(secret_size, '\0');
    fill_random(bytes.data(), bytes.size());
    return std::string(prefix) + base64_encode(bytes);
}

std::string seal_secret(const Sealer& sealer, std::string_view secret) {
    return sealer.seal(secret, purpose);
}

std::string signature(std::string_view secret, std::string_view signed_text) {
    auto key = base64_decode(secret.substr(prefix.size()));
    return key ? "v1," + base64_encode(hmac_sha256(*key, signed_text)) : std::string();
}

std::string signature_under(const Sealer& sealer, std::string_view sealed, std::string_view signed_text) {
    auto secret = sealer.open(sealed, purpose);
    return secret ? signature(*secret, signed_text) : std::string();
}

} // namespace doorstep::webhooks
