#include "providers/google/openid.hpp"

namespace doorstep::providers {

namespace {

using identity::OpenIdAttempt;
using identity::OpenIdFailure;
using identity::OpenIdPerson;

template <class T>
using Outcome = std::expected<T, OpenIdFailure>;

std::unexpected<OpenIdFailure> fail(const OAuthFailure& failure) {
    using Kind = OpenIdFailure::Kind;
    switch (failure.kind) {
    case OAuthFailure::Kind::refused: return std::unexpected(OpenIdFailure{Kind::refused, failure.reason});
    case OAuthFailure::Kind::untrusted: return std::unexpected(OpenIdFailure{Kind::untrusted, failure.reason});
    case OAuthFailure::Kind::unreachable: break;
    }
    return std::unexpected(OpenIdFailure{Kind::unreachable, failure.reason});
}

class GoogleOpenId final : public identity::OpenIdProvider {
public:
    GoogleOpenId(GoogleClient options, http::Client& client, const Clock& clock) : oauth_(std::move(options), client, clock) {}

    std::string_view name() const override { return "google"; }

    Task<Outcome<std::string>> authorize_url(const OpenIdAttempt& attempt, std::string login_hint) override {
        auto url = co_await oauth_.authorize_url(
            attempt.redirect_uri, "openid email profile", attempt.state, attempt.nonce, attempt.code_verifier
        );
        if (!url) co_return fail(url.error());
        append_parameter(*url, "prompt", "select_account");
        if (!login_hint.empty()) append_parameter(*url, "login_hint", login_hint);
        co_return std::move(*url);
    }

    Task<Outcome<OpenIdPerson>> redeem(const OpenIdAttempt& attempt, std::string code) override {
        auto answer = co_await oauth_.redeem(code, attempt.redirect_uri, attempt.code_verifier);
        if (!answer) co_return fail(answer.error());
        auto said = answer->root();
        auto id_token = text_of(said, "id_token");
        auto access_token = text_of(said, "access_token");
        auto person = co_await oauth_.person(id_token, access_token, attempt.nonce);
        if (!person) co_return fail(person.error());
        co_return std::move(*person);
    }

private:
    GoogleOAuth oauth_;
};

} // namespace

std::unique_ptr<identity::OpenIdProvider> make_google_openid(GoogleClient options, http::Client& client, const Clock& clock) {
    return std::make_unique<GoogleOpenId>(std::move(options), client, clock);
}

} // namespace doorstep::providers
