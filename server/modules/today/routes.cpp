#include "modules/today/today.hpp"

namespace doorstep::today {

namespace {

using http::Context;

Task<TodayList> get_today(Today& today, Context& ctx, http::Query<TodayFilter> filter) {
    co_return co_await today.list(ctx, filter.value);
}

Task<contacts::Success> skip_person(Today& today, Context& ctx, NewSkip input) {
    co_await today.skip(ctx, input);
    co_return contacts::Success{};
}

Task<contacts::Success> unskip_person(Today& today, Context& ctx, Id<Client> client) {
    co_await today.unskip(ctx, client);
    co_return contacts::Success{};
}

Task<journeys::FollowUpTask> touch_person(Today& today, Context& ctx, NewTouch input) {
    co_return co_await today.touch(ctx, input);
}

} // namespace

void routes(http::Router& router, Today& today) {
    router.tag("Today");
    router.add("GET", "/api/today", today, get_today)
        .scope("tasks:read")
        .id("get_today")
        .summary("What to do now, the weightiest first, each with reasons whose points add up to its rank");
    router.add("POST", "/api/today/skips", today, skip_person)
        .scope("tasks:write")
        .id("skip_person")
        .summary("Not now: the person is not proposed again until they do something");
    router.add("DELETE", "/api/today/skips/{client_id}", today, unskip_person)
        .scope("tasks:write")
        .id("unskip_person")
        .summary("Undoes a skip");
    router.add("POST", "/api/today/touches", today, touch_person)
        .scope("tasks:write")
        .id("touch_person")
        .summary("Somebody called, met or wrote to the person elsewhere");
}

} // namespace doorstep::today
