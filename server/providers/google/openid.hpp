#pragma once

#include <memory>

#include "modules/identity/openid.hpp"
#include "providers/google/oauth.hpp"

namespace doorstep::providers {

/// OpenID Connect's code flow with PKCE (S256), against Google or any provider that keeps to the standard. One per thread.
std::unique_ptr<identity::OpenIdProvider> make_google_openid(GoogleClient options, http::Client& client, const Clock& clock);

} // namespace doorstep::providers
