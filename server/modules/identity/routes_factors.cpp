#include "modules/identity/identity.hpp"
#include "modules/identity/routes.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

Task<Factors> get_factors(Identity& identity, http::Context& ctx) {
    co_return co_await identity.factors(ctx);
}

Task<TotpStarted> start_totp(Identity& identity, http::Context& ctx) {
    co_return co_await identity.start_totp(ctx);
}

Task<RecoveryCodes> confirm_totp(Identity& identity, http::Context& ctx, FactorCode input) {
    co_return co_await identity.confirm_totp(ctx, input);
}

Task<> remove_totp(Identity& identity, http::Context& ctx, FactorCode input) {
    co_await identity.remove_totp(ctx, input);
}

Task<RecoveryCodes> renew_recovery_codes(Identity& identity, http::Context& ctx, FactorCode input) {
    co_return co_await identity.renew_recovery_codes(ctx, input);
}

Task<PasskeyCreation> passkey_options(Identity& identity, http::Context& ctx) {
    co_return co_await identity.passkey_options(ctx);
}

Task<http::Created<Passkey>> add_passkey(Identity& identity, http::Context& ctx, NewPasskey input) {
    auto made = co_await identity.add_passkey(ctx, input);
    auto location = "/api/auth/passkeys/" + made.id.text();
    co_return http::Created<Passkey>{std::move(location), std::move(made)};
}

Task<PasskeyList> list_passkeys(Identity& identity, http::Context& ctx) {
    co_return co_await identity.list_passkeys(ctx);
}

Task<> remove_passkey(Identity& identity, http::Context& ctx, Id<Passkey> id) {
    co_await identity.remove_passkey(ctx, id);
}

Task<PasskeyRequest> passkey_login_options(Identity& identity, http::Context& ctx) {
    co_return co_await identity.passkey_login_options(ctx);
}

Task<SignedIn> passkey_login(Identity& identity, http::Context& ctx, PasskeyLogin input) {
    co_return co_await identity.passkey_login(ctx, input);
}

Task<> prove(Identity& identity, http::Context& ctx, Proof input) {
    co_await identity.prove(ctx, input);
}

} // namespace

void factor_routes(http::Router& router, Identity& identity) {
    auto self = std::string(own_scope);
    router.tag("Second factors");
    router.add("GET", "/api/auth/mfa", identity, get_factors).scope(self).id("get_factors").summary("What is set up");
    router.add("POST", "/api/auth/mfa/totp", identity, start_totp)
        .scope(self)
        .shown_once()
        .id("start_totp")
        .summary("A secret for an app that makes codes");
    router.add("POST", "/api/auth/mfa/totp/confirm", identity, confirm_totp)
        .scope(self)
        .shown_once()
        .id("confirm_totp")
        .summary("Turn it on with the first code; shows the recovery codes this once");
    router.add("DELETE", "/api/auth/mfa/totp", identity, remove_totp).scope(self).id("remove_totp").summary("Turn it off");
    router.add("POST", "/api/auth/mfa/recovery-codes", identity, renew_recovery_codes)
        .scope(self)
        .shown_once()
        .id("renew_recovery_codes")
        .summary("Ten new recovery codes; the old ones are void");
    router.add("POST", "/api/auth/prove", identity, prove)
        .scope(self)
        .shown_once()
        .id("prove")
        .summary("Show the password or a code again: for ten minutes the session may change how the account is opened");
    router.add("POST", "/api/auth/passkeys/options", identity, passkey_options)
        .scope(self)
        .shown_once()
        .id("passkey_options")
        .summary("What an authenticator needs to make a passkey");
    router.add("POST", "/api/auth/passkeys", identity, add_passkey)
        .scope(self)
        .lenient()
        .id("add_passkey")
        .summary("Keep the passkey that was made");
    router.add("GET", "/api/auth/passkeys", identity, list_passkeys).scope(self).id("list_passkeys").summary("Own passkeys");
    router.add("DELETE", "/api/auth/passkeys/{id}", identity, remove_passkey)
        .scope(self)
        .id("remove_passkey")
        .summary("Forget a passkey");
    router.add("POST", "/api/auth/passkeys/login/options", identity, passkey_login_options)
        .open()
        .shown_once()
        .id("passkey_login_options")
        .summary("What an authenticator needs to sign in");
    router.add("POST", "/api/auth/passkeys/login", identity, passkey_login)
        .open()
        .lenient()
        .shown_once()
        .id("passkey_login")
        .summary("Sign in with a passkey");
}

} // namespace doorstep::identity
