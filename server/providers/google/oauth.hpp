#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/json.hpp"
#include "http/client.hpp"
#include "providers/google/id_token.hpp"

namespace doorstep::providers {

struct GoogleClient {
    std::string issuer = "https://accounts.google.com"; ///< exactly; its endpoints are found by discovery
    std::string client_id;
    std::string client_secret;
    std::chrono::milliseconds timeout{10'000};
};

struct OAuthFailure {
    enum class Kind {
        refused,     ///< for good, as `error` says
        untrusted,   ///< the answer does not prove what it says
        unreachable, ///< try again later
    };
    Kind kind = Kind::refused;
    std::string reason; ///< for the log; no secrets
    std::string error;  ///< OAuth's own word: "invalid_grant"; empty where none was said
    std::optional<std::chrono::seconds> retry_after;
};

template <class T>
using OAuthOutcome = std::expected<T, OAuthFailure>;

std::unexpected<OAuthFailure> oauth_failure(OAuthFailure::Kind kind, std::string reason);

/// A text member of a JSON object; empty where there is none.
std::string text_of(JsonView object, std::string_view name);
/// `name=value`, encoded, after what a query or a form has already.
void append_parameter(std::string& out, std::string_view name, std::string_view value);

/// Google's OAuth 2.0 and OpenID Connect, or anybody's who keeps to the standards: what signing in and access to its other
/// services have in common. One per thread.
class GoogleOAuth {
public:
    struct Endpoints {
        std::string authorize;
        std::string token;
        std::string keys;
        std::string revoke; ///< empty: nothing can be revoked there
    };

    GoogleOAuth(GoogleClient options, http::Client& client, const Clock& clock)
        : options_(std::move(options)), client_(client), clock_(clock) {}

    const GoogleClient& options() const { return options_; }
    Task<OAuthOutcome<Endpoints>> discover();
    /// The beginning of the address that a browser is sent to: the client, the code flow, PKCE.
    Task<OAuthOutcome<std::string>> authorize_url(
        const std::string& redirect_uri, const std::string& scope, const std::string& state, const std::string& nonce,
        const std::string& code_verifier
    );
    /// Exchanges a code: the token endpoint's answer, an object with a bearer token.
    Task<OAuthOutcome<JsonDocument>> redeem(
        const std::string& code, const std::string& redirect_uri, const std::string& code_verifier
    );
    /// The same for a refresh token.
    Task<OAuthOutcome<JsonDocument>> refresh(const std::string& refresh_token);
    /// True too where the token is dead already.
    Task<OAuthOutcome<bool>> revoke(const std::string& token);
    /// Who an ID token vouches for.
    Task<OAuthOutcome<identity::OpenIdPerson>> person(
        const std::string& id_token, const std::string& access_token, const std::string& nonce
    );

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct Answer {
        JsonDocument document;
        std::chrono::seconds fresh_for;
    };

    Task<OAuthOutcome<Answer>> fetch(http::Call call, const char* what);
    Task<OAuthOutcome<JsonDocument>> post_form(const std::string& url, std::string form, const char* what);
    Task<OAuthOutcome<std::vector<SigningKey>>> signing_keys(const Endpoints& endpoints, bool anew);

    GoogleClient options_;
    http::Client& client_;
    const Clock& clock_;
    std::optional<Endpoints> endpoints_;
    Moment endpoints_until_{};
    std::vector<SigningKey> keys_;
    Moment keys_until_{};
};

} // namespace doorstep::providers
