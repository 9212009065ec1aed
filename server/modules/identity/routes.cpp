#include "modules/identity/identity.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

Task<http::Response> sign_in(Identity& identity, http::Context& ctx, Login input) {
    auto answer = co_await identity.sign_in(ctx, input);
    co_return http::Response::json(std::visit([](const auto& one) { return to_json(one); }, answer));
}

Task<http::Created<SignUpTaken>> sign_up(Identity& identity, http::Context& ctx, SignUp input) {
    auto taken = co_await identity.sign_up(ctx, input);
    co_return http::Created<SignUpTaken>{"/api/auth/me", std::move(taken)};
}

Task<Verified> verify_email(Identity& identity, http::Context& ctx, EmailedToken input) {
    co_return co_await identity.verify_email(ctx, input);
}

Task<> resend_verification(Identity& identity, http::Context& ctx, ForEmail input) {
    co_await identity.resend_verification(ctx, input);
}

Task<SignedIn> verify_mfa(Identity& identity, http::Context& ctx, MfaCode input) {
    co_return co_await identity.verify_mfa(ctx, input);
}

Task<MfaRequired> resend_mfa(Identity& identity, http::Context& ctx, MfaResend input) {
    co_return co_await identity.resend_mfa(ctx, input);
}

/// Without a body the cookie counts.
Task<Refreshed> refresh_session(Identity& identity, http::Context& ctx, http::RawBody body) {
    auto input = body.bytes.empty() ? RefreshRequest{} : from_json<RefreshRequest>(body.bytes);
    co_return co_await identity.refresh(ctx, input);
}

Task<SignedIn> change_password(Identity& identity, http::Context& ctx, PasswordChange input) {
    co_return co_await identity.change_password(ctx, input);
}

Task<> forgot_password(Identity& identity, http::Context& ctx, ForEmail input) {
    co_await identity.forgot_password(ctx, input);
}

Task<> reset_password(Identity& identity, http::Context& ctx, PasswordReset input) {
    co_await identity.reset_password(ctx, input);
}

Task<http::Response> begin_google(Identity& identity, http::Context& ctx, http::Query<GoogleStart> input) {
    co_return co_await identity.google_begin(ctx, *input);
}

Task<http::Response> end_google(Identity& identity, http::Context& ctx, http::Query<GoogleAnswer> input) {
    co_return co_await identity.google_end(ctx, *input);
}

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

/// What a person has besides the password.
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

Task<> sign_out_everywhere(Identity& identity, http::Context& ctx) {
    co_await identity.sign_out_everywhere(ctx);
}

Task<SessionList> list_sessions(Identity& identity, http::Context& ctx) {
    co_return co_await identity.list_sessions(ctx);
}

Task<> end_session(Identity& identity, http::Context& ctx, Id<Session> id) {
    co_await identity.end_session(ctx, id);
}

Task<DeviceList> list_devices(Identity& identity, http::Context& ctx) {
    co_return co_await identity.list_devices(ctx);
}

Task<> forget_device(Identity& identity, http::Context& ctx, Id<Device> id) {
    co_await identity.forget_device(ctx, id);
}

Task<> sign_out(Identity& identity, http::Context& ctx) {
    co_await identity.sign_out(ctx);
}

Task<Me> get_me(Identity& identity, http::Context& ctx) {
    co_return co_await identity.me(ctx);
}

/// Owners and admins look after every key of the account, others after their own.
std::optional<Id<accounts::User>> whose_keys(const http::Context& ctx) {
    if (ctx.principal.role == "owner" || ctx.principal.role == "admin") return std::nullopt;
    return Id<accounts::User>{ctx.principal.user_id};
}

Task<ApiKeyList> list_api_keys(Identity& identity, http::Context& ctx) {
    auto keys = co_await identity.list_api_keys(ctx, whose_keys(ctx));
    co_return ApiKeyList{std::move(keys)};
}

Task<ApiKey> get_api_key(Identity& identity, http::Context& ctx, Id<ApiKey> id) {
    co_return co_await identity.require_api_key(ctx, id, whose_keys(ctx));
}

Task<http::Created<MadeApiKey>> make_api_key(Identity& identity, http::Context& ctx, NewApiKey input) {
    auto& own = ctx.principal.scopes;
    for (auto& scope : input.scopes) {
        if (!own.contains("*") && !own.contains(scope.value))
            throw forbidden("A key can't give more than it has.").with("scope", scope.value);
    }
    Id<accounts::User> user{ctx.principal.user_id};
    auto made = co_await identity.make_api_key(ctx, input, user);
    auto location = "/api/api-keys/" + made.id.text();
    co_return http::Created<MadeApiKey>{std::move(location), std::move(made)};
}

Task<> revoke_api_key(Identity& identity, http::Context& ctx, Id<ApiKey> id) {
    co_await identity.revoke_api_key(ctx, id, whose_keys(ctx));
}

} // namespace

void routes(http::Router& router, Identity& identity) {
    auto self = std::string(own_scope);
    router.tag("Signing in");
    router.add("POST", "/api/auth/register", identity, sign_up)
        .open()
        .shown_once()
        .id("sign_up")
        .summary("Sign up; the letter's link opens the account");
    router.add("POST", "/api/auth/verify-email", identity, verify_email)
        .open()
        .shown_once()
        .id("verify_email")
        .summary("Answer the letter");
    router.add("POST", "/api/auth/resend-verification", identity, resend_verification)
        .open()
        .id("resend_verification")
        .summary("Send the letter again, if somebody waits for it");
    auto& login = router.add("POST", "/api/auth/login", identity, sign_in)
                      .open()
                      .shown_once()
                      .id("sign_in")
                      .summary("Sign in with e-mail address and password; a code may be asked for");
    auto signed_in = router.schemas().of<SignedIn>(Schemas::Direction::out);
    auto asked = router.schemas().of<MfaRequired>(Schemas::Direction::out);
    login.answer_schema = R"({"oneOf":[)" + signed_in + "," + asked + "]}";
    for (auto path : {"/api/auth/verify-mfa", "/api/auth/mfa/verify"}) {
        router.add("POST", path, identity, verify_mfa)
            .open()
            .shown_once()
            .id(std::string_view(path).ends_with("mfa") ? "verify_mfa" : "verify_mfa_alias")
            .summary("Finish signing in with a code");
    }
    router.add("POST", "/api/auth/mfa/resend", identity, resend_mfa)
        .open()
        .shown_once()
        .id("resend_mfa")
        .summary("Another code for the same sign-in; tries stay counted");
    auto& refresh = router.add("POST", "/api/auth/refresh", identity, refresh_session)
                        .open()
                        .shown_once()
                        .id("refresh_session")
                        .summary("The next access token, for the refresh token in the cookie or the body");
    refresh.body_schema = router.schemas().of<RefreshRequest>(Schemas::Direction::in);
    router.add("POST", "/api/auth/change-password", identity, change_password)
        .scope(self)
        .shown_once()
        .id("change_password")
        .summary("Another password; every other session ends");
    router.add("POST", "/api/auth/forgot-password", identity, forgot_password)
        .open()
        .id("forgot_password")
        .summary("Have a link to a new password mailed, if there is such a person");
    router.add("POST", "/api/auth/reset-password", identity, reset_password)
        .open()
        .shown_once()
        .id("reset_password")
        .summary("A new password for the letter's token; signs nobody in");
    router.add("GET", "/api/auth/google", identity, begin_google).open().id("google_begin").summary("Go to Google to sign in");
    router.add("GET", "/api/auth/google/callback", identity, end_google)
        .open()
        .lenient()
        .id("google_end")
        .summary("Where Google sends the browser back");
    router.add("POST", "/api/auth/logout-all", identity, sign_out_everywhere)
        .scope(self)
        .id("sign_out_everywhere")
        .summary("End every session of the user");
    router.add("GET", "/api/auth/sessions", identity, list_sessions)
        .scope(self)
        .id("list_sessions")
        .summary("Where the user is signed in");
    router.add("DELETE", "/api/auth/sessions/{id}", identity, end_session)
        .scope(self)
        .id("end_session")
        .summary("End a session");
    router.add("GET", "/api/auth/devices", identity, list_devices)
        .scope(self)
        .id("list_devices")
        .summary("The browsers in which no code is asked for");
    router.add("DELETE", "/api/auth/devices/{id}", identity, forget_device)
        .scope(self)
        .id("forget_device")
        .summary("Ask for a code there again, and end its sessions");
    router.add("POST", "/api/auth/logout", identity, sign_out).scope(self).id("sign_out").summary("End this session");
    router.add("GET", "/api/auth/me", identity, get_me)
        .scope(self)
        .id("get_me")
        .summary("Who is signed in, where, with which rights");

    factor_routes(router, identity);

    router.tag("API keys");
    router.add("GET", "/api/api-keys", identity, list_api_keys)
        .scope("api_keys:read")
        .id("list_api_keys")
        .summary("The living API keys");
    router.add("POST", "/api/api-keys", identity, make_api_key)
        .scope("api_keys:write")
        .shown_once()
        .id("make_api_key")
        .summary("Make an API key, which is shown this once");
    router.add("GET", "/api/api-keys/{id}", identity, get_api_key)
        .scope("api_keys:read")
        .id("get_api_key")
        .summary("One API key");
    router.add("DELETE", "/api/api-keys/{id}", identity, revoke_api_key)
        .scope("api_keys:write")
        .id("revoke_api_key")
        .summary("Revoke an API key, at once and on every server");
}

} // namespace doorstep::identity
