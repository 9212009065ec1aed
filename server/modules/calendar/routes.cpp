#include "modules/calendar/calendar.hpp"

namespace doorstep::calendar {

namespace {

using doorstep::jobs::Outcome;
using http::Context;

/// Everybody has one calendar here, their own.
Id<User> require_own(const Context& ctx, Id<User> user) {
    if (user.value != ctx.principal.user_id) throw not_found("calendar");
    return user;
}

Task<CalendarConsent> begin_calendar(Calendar& calendar, Context& ctx, Id<User> user, http::Query<ConsentStart> start) {
    co_return co_await calendar.begin(ctx, require_own(ctx, user), start->return_to.value_or(ReturnTo::settings));
}

Task<http::Response> end_calendar(Calendar& calendar, Context& ctx, http::Query<ConsentAnswer> answer) {
    co_return co_await calendar.end(ctx, *answer);
}

Task<CalendarConnection> get_calendar_connection(Calendar& calendar, Context& ctx, Id<User> user) {
    co_return co_await calendar.connection(ctx, require_own(ctx, user));
}

Task<> disconnect_calendar(Calendar& calendar, Context& ctx, Id<User> user) {
    co_await calendar.disconnect(ctx, require_own(ctx, user));
}

Task<OwnCalendarList> list_own_calendars(Calendar& calendar, Context& ctx, Id<User> user) {
    co_return co_await calendar.calendars(ctx, require_own(ctx, user));
}

Task<OwnCalendarList> choose_calendars(Calendar& calendar, Context& ctx, Id<User> user, CalendarChoice choice) {
    co_return co_await calendar.choose(ctx, require_own(ctx, user), choice);
}

Task<Outcome> look_after(Calendar& calendar, doorstep::Context& ctx, const doorstep::jobs::Run& run, LookAfter job) {
    co_return co_await calendar.look_after(ctx, run, job);
}

Task<Outcome> revoke(Calendar& calendar, doorstep::Context& ctx, const doorstep::jobs::Run&, Revoke job) {
    co_return co_await calendar.revoke(ctx, job);
}

} // namespace

void routes(http::Router& router, Calendar& calendar) {
    router.tag("Calendar");
    router.add("GET", "/api/calendar/oauth/callback", calendar, end_calendar)
        .open()
        .lenient()
        .id("end_calendar")
        .summary("Where Google sends the browser back; leads to the page that began, with calendar=connected, refused or "
                 "failed and the "
                 "reason in its address");
    router.add("GET", "/api/calendar/oauth/{realtorId}", calendar, begin_calendar)
        .scope("calendar:write")
        .id("begin_calendar")
        .summary(
            "The address of Google's consent page, for who is signed in; realtorId is their own user id, another's is a 404"
        );
    router.add("GET", "/api/calendar/{realtorId}/credentials", calendar, get_calendar_connection)
        .scope("calendar:read")
        .id("get_calendar_connection")
        .summary("Whether one's own Google Calendar is connected, and how it does");
    router.add("DELETE", "/api/calendar/{realtorId}/credentials", calendar, disconnect_calendar)
        .scope("calendar:write")
        .id("disconnect_calendar")
        .summary("Forgets the tokens and revokes the grant at Google");
    router.add("GET", "/api/calendar/{realtorId}/calendars", calendar, list_own_calendars)
        .scope("calendar:read")
        .id("list_own_calendars")
        .summary("One's calendars at Google, and which of them are used");
    router.add("PATCH", "/api/calendar/{realtorId}/calendars", calendar, choose_calendars)
        .scope("calendar:write")
        .id("choose_calendars")
        .summary("Chooses the calendar that bookings are written to, and those that count as busy");
}

void jobs(doorstep::jobs::Registry& registry, Calendar& calendar) {
    registry.add<LookAfter>(calendar, look_after, {.max_attempts = 10});
    registry.add<Revoke>(calendar, revoke, {.max_attempts = 15});
}

} // namespace doorstep::calendar
