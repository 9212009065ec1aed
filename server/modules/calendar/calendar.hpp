#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "http/router.hpp"
#include "jobs/jobs.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/audit/audit.hpp"
#include "modules/events/events.hpp"
#include "modules/notifications/notifications.hpp"

namespace doorstep::calendar {

using accounts::User;
class CalendarProvider;
struct ProviderFailure;
struct ProviderCalendar;
struct Grant;
struct Row;

enum class ConnectionState { none, connected, reconnect_needed };
BOOST_DESCRIBE_ENUM(ConnectionState, none, connected, reconnect_needed)

/// Where the browser comes back to.
enum class ReturnTo { onboarding, settings };
BOOST_DESCRIBE_ENUM(ReturnTo, onboarding, settings)

struct ConsentStart {
    std::optional<ReturnTo> return_to; ///< settings
    BOOST_DESCRIBE_CLASS(ConsentStart, (), (return_to), (), ())
};

struct CalendarConsent {
    std::string url;
    BOOST_DESCRIBE_CLASS(CalendarConsent, (), (url), (), ())
};

/// What Google's redirect brings; what else it brings is ignored.
struct ConsentAnswer {
    std::optional<Line<1, 200>> state;
    std::optional<Line<1, 2000>> code;
    std::optional<Line<1, 200>> error;
    BOOST_DESCRIBE_CLASS(ConsentAnswer, (), (state, code, error), (), ())
};

struct CalendarConnection {
    bool connected = false; ///< and working
    bool available = true;  ///< false: this server has no Google client
    ConnectionState state = ConnectionState::none;
    std::optional<std::string> reason; ///< why it is to be connected again
    std::optional<std::string> email;
    std::vector<std::string> granted_scopes;
    std::vector<std::string> missing_scopes; ///< of those that were asked for
    std::optional<std::string> booking_calendar_id;
    std::vector<std::string> busy_calendar_ids;
    std::optional<Time> connected_at;
    std::optional<Time> checked_at; ///< last seen to work
    BOOST_DESCRIBE_CLASS(
        CalendarConnection, (),
        (connected, available, state, reason, email, granted_scopes, missing_scopes, booking_calendar_id, busy_calendar_ids,
         connected_at, checked_at),
        (), ()
    )
};

struct OwnCalendar {
    std::string id;
    std::string name;
    bool primary = false;
    bool writable = false; ///< bookings could be written to it
    std::string time_zone;
    std::optional<std::string> color;
    bool books = false; ///< bookings are written to it
    bool busy = false;  ///< what is in it counts as busy
    BOOST_DESCRIBE_CLASS(OwnCalendar, (), (id, name, primary, writable, time_zone, color, books, busy), (), ())
};

struct OwnCalendarList {
    std::vector<OwnCalendar> items;
    BOOST_DESCRIBE_CLASS(OwnCalendarList, (), (items), (), ())
};

struct CalendarChoice {
    std::optional<Line<1, 300>> booking_calendar_id;
    std::optional<std::vector<Line<1, 300>>> busy_calendar_ids; ///< the one of bookings counts as busy anyway
    BOOST_DESCRIBE_CLASS(CalendarChoice, (), (booking_calendar_id, busy_calendar_ids), (), ())
    void validate(Reader& reader) const;
};

/// What it takes to work in somebody's calendar, good for a minute at least.
struct Access {
    std::string token;
    std::string booking_calendar_id;
    std::vector<std::string> busy_calendar_ids;
    std::vector<std::string> scopes;
};

/// Why nobody can work in it.
struct NoAccess {
    enum class Kind { not_connected, reconnect_needed, unreachable };
    Kind kind = Kind::not_connected;
    std::string why = {};
    std::optional<std::chrono::seconds> retry_after = {};
};

struct LookAfter {
    static constexpr std::string_view kind = "calendar.look_after";
    Uuid user_id;
    BOOST_DESCRIBE_CLASS(LookAfter, (), (user_id), (), ())
};

struct Revoke {
    static constexpr std::string_view kind = "calendar.revoke";
    Uuid revocation;
    BOOST_DESCRIBE_CLASS(Revoke, (), (revocation), (), ())
};

/// The Google Calendar of each member of an account: connecting it, keeping the connection alive, ending it.
class Calendar {
public:
    struct Parts {
        db::Database& db;
        audit::Audit& audit;
        events::Events& events;
        notifications::Notifications& notifications;
        const Sealer& sealer;
        CalendarProvider* google = nullptr; ///< null: nobody can connect one
        std::string public_url;
    };
    explicit Calendar(Parts parts) : parts_(std::move(parts)) {}

    // --- consent.cpp
    /// Remembers, in this browser and for the signed-in person, that a consent was begun. Error 503 without Google.
    Task<CalendarConsent> begin(http::Context& ctx, Id<User> user, ReturnTo return_to);
    /// Where Google sends the browser back: on the page that began, with the result in its address; never a problem document.
    Task<http::Response> end(http::Context& ctx, const ConsentAnswer& answer);

    // --- calendar.cpp: of the signed-in person
    Task<CalendarConnection> connection(Context& ctx, Id<User> user);
    /// These ask Google. Error 409 `not_connected`, `reconnect_needed` or `scope_missing`, 503 `google_unreachable`.
    Task<OwnCalendarList> calendars(Context& ctx, Id<User> user);
    /// 422 on a calendar that is not there, or that nothing can be written to.
    Task<OwnCalendarList> choose(Context& ctx, Id<User> user, const CalendarChoice& choice);
    /// Forgets the tokens at once; Google is told by a job. Nothing happens where nothing is connected.
    Task<> disconnect(Context& ctx, Id<User> user);

    // --- access.cpp: for whoever works in calendars
    /// A token that is good now; of several who need a new one at the same time, on any server, one asks Google. `refused`: the
    /// token that Google answered 401 to, so that another is got.
    Task<std::expected<Access, NoAccess>> access(const Context& ctx, Id<User> user, std::string refused = "");
    /// The connection is of no use until the person connects again, who is told of it, once. `reason`: "invalid_grant", …
    Task<> lost(const Context& ctx, Id<User> user, std::string reason);

    // --- care.cpp
    /// Gives connections that nobody has looked at for a day, and grants to be revoked, their jobs. An all-accounts context; run
    /// by a schedule. Returns how many.
    Task<std::int64_t> look_after_all(Context& ctx);
    Task<jobs::Outcome> look_after(Context& ctx, const jobs::Run& run, const LookAfter& job);
    Task<jobs::Outcome> revoke(Context& ctx, const Revoke& job);

private:
    struct Underway;

    Task<std::string> finish(http::Context& ctx, const Underway& underway, const ConsentAnswer& answer);
    Task<std::string> keep(const Context& ctx, const Underway& underway, const Grant& grant);
    Task<std::optional<std::expected<Access, NoAccess>>> refresh(
        const Context& own, Id<User> user, Uuid lease, const std::string& sealed
    );
    Task<std::expected<std::vector<ProviderCalendar>, NoAccess>> list(const Context& ctx, Id<User> user);
    Task<std::vector<ProviderCalendar>> require_list(Context& ctx, Id<User> user);
    /// In both logs.
    Task<> note(db::Session& tx, const Context& ctx, std::string kind, const Row& row, Json before = {}, Json after = {});
    /// Gives grants that have lost their owner their jobs, in the transaction of what ended them.
    Task<std::int64_t> dispatch_revocations(db::Session& tx, const Context& ctx);

    std::string seal(const Context& ctx, Id<User> user, const std::string& token) const;
    std::optional<std::string> open(const Context& ctx, Id<User> user, const std::string& sealed) const;

    Parts parts_;
};

void routes(http::Router& router, Calendar& calendar);
void jobs(jobs::Registry& registry, Calendar& calendar);

} // namespace doorstep::calendar
