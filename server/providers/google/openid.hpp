#pragma once

#include <memory>
#include <string>

#include "core/clock.hpp"
#include "http/client.hpp"
#include "modules/identity/openid.hpp"

namespace doorstep::providers {

struct GoogleOpenIdOptions {
    std::string issuer = "https://accounts.google.com"; ///< exactly; its endpoints are found by discovery
    std::string client_id;
    std::string client_secret;
    std::chrono::milliseconds timeout{10'000};
};

/// OpenID Connect's code flow with PKCE (S256), against Google or any provider that keeps to the standard. One per thread.
std::unique_ptr<identity::OpenIdProvider> make_google_openid(
    GoogleOpenIdOptions options, http::Client& client, const Clock& clock
);

} // namespace doorstep::providers
