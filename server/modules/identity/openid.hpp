#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/email.hpp"
#include "core/task.hpp"

namespace doorstep::identity {

/// One sign-in that is under way at an OpenID provider: bound to the browser by `state`, to the token by `nonce`, to the code by
/// `code_verifier` (PKCE). Keep it sealed in a cookie; use it once.
struct OpenIdAttempt {
    std::string state;
    std::string nonce;
    std::string code_verifier;
    std::string redirect_uri; ///< the same, byte for byte, in both requests

    static OpenIdAttempt make(std::string redirect_uri);
};

/// A person as the provider vouches for them. `issuer` and `subject` together are who they are, for ever; the e-mail address
/// may change, and counts only where it is verified.
struct OpenIdPerson {
    std::string issuer;
    std::string subject;
    std::optional<Email> email;
    bool email_verified = false;
    std::string name;
};

/// Why nobody is signed in.
struct OpenIdFailure {
    enum class Kind {
        refused,     ///< the code is not good (any more): begin anew
        untrusted,   ///< the answer does not prove what it says: an attack, or a misconfigured provider
        unreachable, ///< try again later
    };
    Kind kind = Kind::refused;
    std::string reason; ///< for the log; no secrets
};

/// An OpenID Connect provider. Fulfilled in providers/.
class OpenIdProvider {
public:
    virtual ~OpenIdProvider() = default;
    virtual std::string_view name() const = 0; ///< "google"
    /// Where the browser is sent. `login_hint`: an address to suggest, or empty.
    virtual Task<std::expected<std::string, OpenIdFailure>> authorize_url(
        const OpenIdAttempt& attempt, std::string login_hint
    ) = 0;
    /// Exchanges the code and checks the ID token. The caller has compared `state` already.
    virtual Task<std::expected<OpenIdPerson, OpenIdFailure>> redeem(const OpenIdAttempt& attempt, std::string code) = 0;
};

} // namespace doorstep::identity
