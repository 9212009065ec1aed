#include "modules/identity/identity.hpp"
#include "modules/identity/routes.hpp"

namespace doorstep::identity {
namespace {

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

void key_routes(http::Router& router, Identity& identity) {
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
