#include "core/log.hpp"
#include "modules/events/events.hpp"

namespace doorstep::events {

namespace {

Task<http::Response> watch_account(LivePages& pages, http::Context& ctx) {
    std::function<Task<std::string>()> replay;
    auto last = ctx.request->header("Last-Event-ID");
    if (auto after = last ? Uuid::parse(*last) : std::nullopt) {
        // The stream outlives this request's context: it keeps a copy.
        replay = [&events = pages.events, copy = static_cast<doorstep::Context>(ctx), after = *after]() mutable {
            return events.replay(copy, after);
        };
    }
    co_return pages.hub.subscribe(ctx.account_id, ctx.principal.credential, std::move(replay));
}

} // namespace

void routes(http::Router& router, LivePages& pages) {
    router.tag("Live");
    router.add("GET", "/api/events", pages, watch_account)
        .scope("events:read")
        .summary("Server-sent events of the account: what changed, as it changes");
}

} // namespace doorstep::events
