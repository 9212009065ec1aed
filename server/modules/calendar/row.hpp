#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/calendar/calendar.hpp"

namespace doorstep::calendar {

/// A connection as it is stored.
struct Row {
    Uuid id;
    Id<User> user_id;
    std::string issuer;
    std::string subject;
    std::string email;
    std::vector<std::string> scopes;
    std::optional<std::string> access_sealed;
    std::optional<Time> access_expires_at;
    ConnectionState state = ConnectionState::connected;
    std::optional<std::string> reason;
    std::string booking_calendar_id;
    std::vector<std::string> busy_calendar_ids;
    Time connected_at;
    Time checked_at;
    BOOST_DESCRIBE_CLASS(
        Row, (),
        (id, user_id, issuer, subject, email, scopes, access_sealed, access_expires_at, state, reason, booking_calendar_id,
         busy_calendar_ids, connected_at, checked_at),
        (), ()
    )

    bool has(std::string_view scope) const;
};

#define CALENDAR_COLUMNS                                                                             \
    " id, user_id, issuer, subject, email, scopes, access_sealed, access_expires_at, state, reason," \
    " booking_calendar_id, busy_calendar_ids, connected_at, checked_at "

/// ($1 account, $2 user) -> the Row.
extern const db::Query find_connection_sql;
extern const db::Query lock_connection_sql;

/// The scopes that were asked for and are not among these.
std::vector<std::string> missing_of(const std::vector<std::string>& granted);

} // namespace doorstep::calendar
