#include "modules/identity/identity.hpp"
#include "modules/identity/routes.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

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

Task<OwnAccountList> list_own_accounts(Identity& identity, http::Context& ctx) {
    co_return co_await identity.list_own_accounts(ctx);
}

Task<SignedIn> switch_account(Identity& identity, http::Context& ctx, AccountChoice input) {
    co_return co_await identity.switch_account(ctx, input);
}

} // namespace

void session_routes(http::Router& router, Identity& identity) {
    auto self = std::string(own_scope);
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
    router.add("GET", "/api/auth/accounts", identity, list_own_accounts)
        .scope(self)
        .id("list_own_accounts")
        .summary("The accounts that the user is a member of");
    router.add("POST", "/api/auth/switch-account", identity, switch_account)
        .scope(self)
        .shown_once()
        .id("switch_account")
        .summary("Go on in another of them; this session ends");
}

} // namespace doorstep::identity
