#pragma once

#include <string>
#include <string_view>

#include "core/crypto.hpp"

namespace doorstep::webhooks {

/// "whsec_" and 32 random bytes in base64, as Standard Webhooks writes them.
std::string make_secret();
std::string seal_secret(const Sealer& sealer, std::string_view secret);
/// "v1,…": HMAC-SHA256 in base64 under the bytes that the secret stands for.
std::string signature(std::string_view secret, std::string_view signed_text);
/// The same under a sealed one; empty where it can't be opened.
std::string signature_under(const Sealer& sealer, std::string_view sealed, std::string_view signed_text);

} // namespace doorstep::webhooks
