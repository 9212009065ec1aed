// Google Calendar v3, as its reference and its discovery document describe it: the list of a person's calendars.

#include <fmt/format.h>

#include <charconv>

#include "core/crypto.hpp"
#include "core/email.hpp"
#include "core/text.hpp"
#include "sandbox/google_double.hpp"

namespace doorstep::sandbox::google {
namespace {

// Google's pages may be shorter than was asked for; these always are, so that clients read on.
constexpr std::int64_t longest_page = 3;

// What everybody has at first.
const db::Query furnish_sql{"sandbox.google.furnish", R"sql(
    insert into sandbox.google_calendars (email, id, summary, access_role, time_zone, background_color, is_primary)
    select $1, c.* from (values
        ($1::text, $1::text, 'owner', 'America/New_York', '#9fe1e7', true),
        ('c_' || $2 || '1@group.calendar.google.com', 'Showings', 'owner', 'America/New_York', '#f83a22', false),
        ('c_' || $2 || '2@group.calendar.google.com', 'Family', 'writer', 'America/New_York', '#7bd148', false),
        ('en.usa#holiday@group.v.calendar.google.com', 'Holidays in United States', 'reader', 'America/New_York', '#16a765', false)
    ) as c
    where not exists (select from sandbox.google_calendars where email = $1)
    on conflict do nothing
)sql"};

const db::Query list_sql{"sandbox.google.calendars", R"sql(
    select seq, id, summary, access_role, time_zone, background_color, is_primary from sandbox.google_calendars
    where email = $1 and seq > $2 order by seq limit $3
)sql"};

const db::Query add_sql{"sandbox.google.add_calendar", R"sql(
    insert into sandbox.google_calendars (email, id, summary, access_role, time_zone, background_color)
    values ($1, $2, $3, $4, 'America/New_York', '#b3dc6c')
)sql"};

struct CalendarRow {
    std::int64_t seq = 0;
    std::string id;
    std::string summary;
    std::string access_role;
    std::string time_zone;
    std::string background_color;
    bool is_primary = false;
    BOOST_DESCRIBE_CLASS(CalendarRow, (), (seq, id, summary, access_role, time_zone, background_color, is_primary), (), ())
};

/// An error of Google's REST APIs.
http::Response refuse_call(int status, std::string_view reason, std::string_view words, std::string_view where = "") {
    auto place =
        where.empty()
            ? std::string()
            : fmt::format(R"(,"locationType":"{}","location":"{}")", where == "Authorization" ? "header" : "parameter", where);
    auto domain = reason == "rateLimitExceeded" || reason == "userRateLimitExceeded" ? "usageLimits" : "global";
    return http::Response::json(
        fmt::format(
            R"({{"error":{{"errors":[{{"domain":"{}","reason":"{}","message":{}{}}}],"code":{},"message":{}}}}})", domain,
            reason, json_quote(words), place, status, json_quote(words)
        ),
        status
    );
}

http::Response server_error(int status) {
    return refuse_call(status, status < 500 ? "badRequest" : "backendError", "Backend Error");
}
http::Response rate_limited(int status) {
    return refuse_call(status, "rateLimitExceeded", "Rate Limit Exceeded");
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < 1) return std::nullopt;
    return number;
}

void write_entry(JsonWriter& json, const CalendarRow& row) {
    auto text = [&json](std::string_view name, std::string_view value) {
        json.key(name);
        json.string(value);
    };
    json.begin_object();
    text("kind", "calendar#calendarListEntry");
    text("etag", "\"" + sha256_hex(row.id + row.summary).substr(0, 16) + "\"");
    text("id", row.id);
    text("summary", row.summary);
    text("timeZone", row.time_zone);
    text("colorId", "14");
    text("backgroundColor", row.background_color);
    text("foregroundColor", "#000000");
    json.key("selected");
    json.boolean(true);
    text("accessRole", row.access_role);
    json.key("defaultReminders");
    json.raw("[]");
    if (row.is_primary) {
        json.key("primary");
        json.boolean(true);
    }
    json.key("conferenceProperties");
    json.raw(R"({"allowedConferenceSolutionTypes":["hangoutsMeet"]})");
    json.end_object();
}

Task<http::Response> serve_list(Sandbox& sandbox, http::Context& ctx) {
    auto permit = co_await find_permit(sandbox, ctx);
    if (!permit) co_return refuse_call(401, "authError", "Invalid Credentials", "Authorization");
    constexpr std::string_view fitting[] = {
        "calendar", "calendar.readonly", "calendar.calendarlist", "calendar.calendarlist.readonly"
    };
    auto allowed = std::ranges::any_of(fitting, [&](std::string_view scope) {
        return permit->has("https://www.googleapis.com/auth/" + std::string(scope));
    });
    if (!allowed) co_return refuse_call(403, "insufficientPermissions", "Request had insufficient authentication scopes.");
    auto most = ctx.request->query_value("maxResults");
    auto limit = most ? number_of(*most) : std::optional(longest_page);
    if (!limit) co_return refuse_call(400, "invalid", "Invalid Value", "maxResults");
    auto token = ctx.request->query_value("pageToken");
    auto behind = token ? number_of(*token) : std::optional<std::int64_t>(0);
    if (!behind) co_return refuse_call(400, "invalid", "Invalid Value", "pageToken");

    co_await sandbox.db().exec(ctx, furnish_sql, permit->email, sha256_hex(permit->email).substr(0, 20));
    auto fetched = std::min(*limit, longest_page);
    auto rows = co_await sandbox.db().all<CalendarRow>(ctx, list_sql, permit->email, *behind, fetched + 1);
    bool more = std::int64_t(rows.size()) > fetched;
    if (more) rows.pop_back();
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    json.key("kind");
    json.string("calendar#calendarList");
    json.key("etag");
    json.string("\"p33g\"");
    json.key(more ? "nextPageToken" : "nextSyncToken");
    json.string(more ? std::to_string(rows.back().seq) : "CPjx" + sha256_hex(permit->email).substr(0, 12));
    json.key("items");
    json.begin_array();
    for (const auto& row : rows) write_entry(json, row);
    json.end_array();
    json.end_object();
    co_return http::Response::json(text);
}

Task<http::Response> list_calendars(Sandbox& sandbox, http::Context& ctx) {
    constexpr Manners manners{"google", "calendarList.list", server_error, rate_limited};
    auto serve = [&]() -> Task<http::Response> { return serve_list(sandbox, ctx); };
    std::function<Task<http::Response>()> serve_call = serve;
    co_return co_await sandbox.play(ctx, manners, serve_call);
}

enum class AccessRole { freeBusyReader, reader, writer, owner };
BOOST_DESCRIBE_ENUM(AccessRole, freeBusyReader, reader, writer, owner)

struct NewCalendar {
    Email email;
    Line<1, 200> id;
    Line<1, 200> summary;
    AccessRole access_role = AccessRole::owner;
    BOOST_DESCRIBE_CLASS(NewCalendar, (), (email, id, summary, access_role), (), ())
};

Task<> add_calendar(Sandbox& sandbox, http::Context& ctx, http::RawBody body) {
    refuse_foreign_pages(ctx);
    auto input = from_json<NewCalendar>(body.bytes);
    co_await sandbox.db().exec(ctx, furnish_sql, input.email, sha256_hex(input.email.value).substr(0, 20));
    co_await sandbox.db().exec(ctx, add_sql, input.email, input.id, input.summary, input.access_role);
}

} // namespace

void calendar_routes(http::Router& router, Sandbox& sandbox) {
    router.add("GET", "/sandbox/google/calendar/v3/users/me/calendarList", sandbox, list_calendars)
        .anonymous()
        .hidden()
        .lenient();
    router.add("POST", "/sandbox/google/calendars", sandbox, add_calendar).anonymous().hidden();
}

} // namespace doorstep::sandbox::google
