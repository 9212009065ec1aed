#include "modules/identity/openid.hpp"

#include "core/crypto.hpp"

namespace doorstep::identity {

OpenIdAttempt OpenIdAttempt::make(std::string redirect_uri) {
    return {random_token(), random_token(), random_token(), std::move(redirect_uri)};
}

} // namespace doorstep::identity
