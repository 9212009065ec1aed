#include "modules/identity/routes.hpp"
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

Task<Me> get_me(Identity& identity, http::Context& ctx) {
    co_return co_await identity.me(ctx);
}

Task<Me> update_me(Identity& identity, http::Context& ctx, MePatch patch) {
    co_return co_await identity.update_me(ctx, patch);
}

Task<http::Accepted<EmailChangeTaken>> change_email(Identity& identity, http::Context& ctx, ForEmail input) {
    auto taken = co_await identity.change_email(ctx, input);
    co_return http::Accepted<EmailChangeTaken>{"/api/auth/me", std::move(taken)};
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
    router.add("GET", "/api/auth/me", identity, get_me)
        .scope(self)
        .id("get_me")
        .summary("Who is signed in, where, with which rights");

    router.add("PATCH", "/api/auth/me", identity, update_me).scope(self).id("update_me").summary("Another name of the person");
    router.add("POST", "/api/auth/change-email", identity, change_email)
        .scope(self)
        .shown_once()
        .id("change_email")
        .summary("Have a letter sent to a new address; it counts once the letter is answered");

    session_routes(router, identity);
    factor_routes(router, identity);
    key_routes(router, identity);
}

} // namespace doorstep::identity
