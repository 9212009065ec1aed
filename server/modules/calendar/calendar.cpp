// What a person sees and decides about their connection.

#include "modules/calendar/calendar.hpp"

#include <algorithm>

#include "modules/calendar/provider.hpp"
#include "modules/calendar/row.hpp"

namespace doorstep::calendar {

const db::Query find_connection_sql{
    "calendar.find", "select" CALENDAR_COLUMNS "from google_credentials where account_id = $1 and user_id = $2"
};

const db::Query lock_connection_sql{
    "calendar.lock", "select" CALENDAR_COLUMNS "from google_credentials where account_id = $1 and user_id = $2 for update"
};

namespace {

const db::Query choose_sql{"calendar.choose", R"sql(
    update google_credentials set booking_calendar_id = $3, busy_calendar_ids = $4 where account_id = $1 and user_id = $2
)sql"};

const db::Query disconnect_sql{
    "calendar.disconnect", "delete from google_credentials where account_id = $1 and user_id = $2 returning" CALENDAR_COLUMNS
};

constexpr std::size_t most_busy = 50; // as many as Google can be asked about at once
constexpr std::string_view primary = "primary";

/// What was chosen, as the logs show it.
struct Chosen {
    std::string booking_calendar_id;
    std::vector<std::string> busy_calendar_ids;
    BOOST_DESCRIBE_CLASS(Chosen, (), (booking_calendar_id, busy_calendar_ids), (), ())
};

bool names(const std::string& chosen, const ProviderCalendar& calendar) {
    return chosen == calendar.id || (chosen == primary && calendar.primary);
}

OwnCalendarList to_list(const Row& row, const std::vector<ProviderCalendar>& calendars) {
    OwnCalendarList list;
    for (const auto& calendar : calendars) {
        OwnCalendar item{calendar.id, calendar.name, calendar.primary, calendar.writable, calendar.time_zone};
        if (!calendar.color.empty()) item.color = calendar.color;
        item.books = names(row.booking_calendar_id, calendar);
        item.busy = item.books || std::ranges::any_of(row.busy_calendar_ids, [&](auto& id) { return names(id, calendar); });
        list.items.push_back(std::move(item));
    }
    return list;
}

Error to_error(const NoAccess& denied) {
    switch (denied.kind) {
    case NoAccess::Kind::not_connected: return conflict("not_connected", "No Google Calendar is connected.");
    case NoAccess::Kind::reconnect_needed:
        return conflict("reconnect_needed", "Google no longer lets us at this calendar. Connect it again.")
            .with("reason", denied.why);
    case NoAccess::Kind::unreachable: break;
    }
    auto error = unavailable("google_unreachable", "Google can't be reached just now. Try again in a moment.");
    error.retry_after = denied.retry_after;
    return error;
}

Row require_listed(std::optional<Row> row) {
    if (!row) throw conflict("not_connected", "No Google Calendar is connected.");
    if (row->state == ConnectionState::connected && !row->has(list_scope))
        throw conflict("scope_missing", "Google was not allowed to show us the list of calendars. Connect again and allow it.");
    return std::move(*row);
}

} // namespace

bool Row::has(std::string_view scope) const {
    return std::ranges::find(scopes, scope) != scopes.end();
}

std::vector<std::string> missing_of(const std::vector<std::string>& granted) {
    std::vector<std::string> missing;
    for (auto scope : {events_scope, freebusy_scope, list_scope}) {
        if (std::ranges::find(granted, scope) == granted.end()) missing.emplace_back(scope);
    }
    return missing;
}

void CalendarChoice::validate(Reader& reader) const {
    if (busy_calendar_ids && busy_calendar_ids->size() > most_busy)
        reader.fail("busy_calendar_ids", "too_long", "may name at most 50 calendars");
    if (!booking_calendar_id && !busy_calendar_ids)
        reader.fail("booking_calendar_id", "required", "or busy_calendar_ids is required");
}

std::string Calendar::seal(const Context& ctx, Id<User> user, const std::string& token) const {
    return parts_.sealer.seal(token, "google token of " + ctx.account_id.text() + " " + user.text());
}

std::optional<std::string> Calendar::open(const Context& ctx, Id<User> user, const std::string& sealed) const {
    return parts_.sealer.open(sealed, "google token of " + ctx.account_id.text() + " " + user.text());
}

Task<> Calendar::note(db::Session& tx, const Context& ctx, std::string kind, const Row& row, Json before, Json after) {
    parts_.events.record(tx, ctx, {.kind = kind, .data = {R"({"email":)" + json_quote(row.email) + "}"}});
    audit::Act act{
        .action = std::move(kind),
        .subject_kind = "calendar",
        .subject_id = row.id,
        .subject_name = row.email,
        .before = std::move(before),
        .after = std::move(after),
    };
    co_await parts_.audit.record(tx, ctx, std::move(act));
}

Task<CalendarConnection> Calendar::connection(Context& ctx, Id<User> user) {
    CalendarConnection shown;
    shown.available = parts_.google != nullptr;
    auto row = co_await parts_.db.maybe<Row>(ctx, find_connection_sql, ctx.account_id, user);
    if (!row) co_return shown;
    shown.state = row->state;
    shown.connected = row->state == ConnectionState::connected;
    shown.reason = row->reason;
    shown.email = row->email;
    shown.missing_scopes = missing_of(row->scopes);
    shown.granted_scopes = std::move(row->scopes);
    shown.booking_calendar_id = row->booking_calendar_id;
    shown.busy_calendar_ids = std::move(row->busy_calendar_ids);
    shown.connected_at = row->connected_at;
    shown.checked_at = row->checked_at;
    co_return shown;
}

Task<std::expected<std::vector<ProviderCalendar>, NoAccess>> Calendar::list(const Context& ctx, Id<User> user) {
    std::string refused;
    while (true) {
        auto access = co_await this->access(ctx, user, refused);
        if (!access) co_return std::unexpected(access.error());
        auto calendars = co_await parts_.google->calendars(access->token);
        if (calendars) co_return std::move(*calendars);
        using Kind = ProviderFailure::Kind;
        auto& failure = calendars.error();
        if (failure.kind == Kind::unauthorized && refused.empty()) {
            refused = access->token;
            continue;
        }
        if (failure.kind != Kind::unauthorized && failure.kind != Kind::forbidden)
            co_return std::unexpected(NoAccess{NoAccess::Kind::unreachable, failure.reason, failure.retry_after});
        std::string reason = failure.kind == Kind::forbidden ? "permission_lost" : "unauthorized";
        co_await lost(ctx, user, reason);
        co_return std::unexpected(NoAccess{NoAccess::Kind::reconnect_needed, reason});
    }
}

Task<std::vector<ProviderCalendar>> Calendar::require_list(Context& ctx, Id<User> user) {
    auto calendars = co_await list(ctx, user);
    if (!calendars) throw to_error(calendars.error());
    co_return std::move(*calendars);
}

Task<OwnCalendarList> Calendar::calendars(Context& ctx, Id<User> user) {
    auto found = co_await parts_.db.maybe<Row>(ctx, find_connection_sql, ctx.account_id, user);
    auto row = require_listed(std::move(found));
    auto calendars = co_await require_list(ctx, user);
    co_return to_list(row, calendars);
}

Task<OwnCalendarList> Calendar::choose(Context& ctx, Id<User> user, const CalendarChoice& choice) {
    auto found = co_await parts_.db.maybe<Row>(ctx, find_connection_sql, ctx.account_id, user);
    require_listed(std::move(found));
    auto calendars = co_await require_list(ctx, user);
    auto find = [&](const std::string& id) {
        return std::ranges::find_if(calendars, [&](auto& calendar) { return names(id, calendar); });
    };
    Reader reader;
    if (choice.booking_calendar_id) {
        auto calendar = find(choice.booking_calendar_id->value);
        if (calendar == calendars.end())
            reader.fail("booking_calendar_id", "unknown", "is none of your calendars");
        else if (!calendar->writable)
            reader.fail("booking_calendar_id", "read_only", "is a calendar that nothing can be written to");
    }
    auto busy = choice.busy_calendar_ids.value_or(std::vector<Line<1, 300>>{});
    for (std::size_t i = 0; i < busy.size(); ++i) {
        if (find(busy[i].value) != calendars.end()) continue;
        Reader::At list(reader, "busy_calendar_ids");
        reader.fail(std::to_string(i), "unknown", "is none of your calendars");
    }
    reader.require_ok();
    auto body = [&](db::Session& tx) -> Task<Row> {
        auto row = co_await tx.maybe<Row>(lock_connection_sql, ctx.account_id, user);
        if (!row) throw conflict("not_connected", "No Google Calendar is connected.");
        Chosen before{row->booking_calendar_id, row->busy_calendar_ids};
        if (choice.booking_calendar_id) row->booking_calendar_id = choice.booking_calendar_id->value;
        if (choice.busy_calendar_ids) {
            row->busy_calendar_ids.clear();
            for (auto& id : busy) row->busy_calendar_ids.push_back(id.value);
        }
        // Two bookings at the same time are what all of this is there to prevent.
        if (std::ranges::find(row->busy_calendar_ids, row->booking_calendar_id) == row->busy_calendar_ids.end())
            row->busy_calendar_ids.push_back(row->booking_calendar_id);
        Chosen after{row->booking_calendar_id, row->busy_calendar_ids};
        if (to_json(before) == to_json(after)) co_return std::move(*row);
        co_await tx.exec(choose_sql, ctx.account_id, user, row->booking_calendar_id, row->busy_calendar_ids);
        co_await note(tx, ctx, "calendar_chosen", *row, {to_json(before)}, {to_json(after)});
        co_return std::move(*row);
    };
    auto row = co_await parts_.db.transaction(ctx, body);
    co_return to_list(row, calendars);
}

Task<> Calendar::disconnect(Context& ctx, Id<User> user) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto gone = co_await tx.maybe<Row>(disconnect_sql, ctx.account_id, user);
        if (!gone) co_return;
        co_await dispatch_revocations(tx, ctx);
        co_await note(tx, ctx, "calendar_disconnected", *gone);
    };
    co_await parts_.db.transaction(ctx, body);
}

} // namespace doorstep::calendar
