#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/task.hpp"

namespace doorstep::calendar {

// What is asked for, least first: to write bookings, to see when one is busy, to choose among calendars.
inline constexpr std::string_view events_scope = "https://www.googleapis.com/auth/calendar.events";
inline constexpr std::string_view freebusy_scope = "https://www.googleapis.com/auth/calendar.freebusy";
inline constexpr std::string_view list_scope = "https://www.googleapis.com/auth/calendar.calendarlist.readonly";

/// One consent that is under way: see identity::OpenIdAttempt.
struct ConsentAttempt {
    std::string state;
    std::string nonce;
    std::string code_verifier;
    std::string redirect_uri;
};

/// What a person let us do.
struct Grant {
    std::string issuer;
    std::string subject;
    std::string email; ///< empty where the provider tells none
    std::vector<std::string> scopes;
    std::string access_token;
    std::chrono::seconds expires_in{0};
    std::string refresh_token; ///< empty: the one that is held already goes on
};

struct Refreshed {
    std::string access_token;
    std::chrono::seconds expires_in{0};
    std::string refresh_token;       ///< empty: the one before goes on
    std::vector<std::string> scopes; ///< empty: as before
};

struct ProviderCalendar {
    std::string id;
    std::string name;
    bool primary = false;
    bool writable = false;
    std::string time_zone;
    std::string color; ///< "#0088aa"; may be empty
};

struct ProviderFailure {
    enum class Kind {
        again,        ///< try later: a limit, an outage
        refused,      ///< for good: the code or the request is not good
        dead,         ///< the refresh token has ended: only the person can help
        unauthorized, ///< the access token is not good (any more)
        forbidden,    ///< the grant does not cover this
        untrusted,    ///< the answer does not prove what it says
    };
    Kind kind = Kind::refused;
    std::string reason; ///< for the log; no secrets
    std::optional<std::chrono::seconds> retry_after;
};

template <class T>
using ProviderResult = std::expected<T, ProviderFailure>;

/// Google, as it lets others at its calendars. Fulfilled in providers/.
class CalendarProvider {
public:
    virtual ~CalendarProvider() = default;
    /// Where the browser is sent. `login_hint`: the address that is connected already, or empty.
    virtual Task<ProviderResult<std::string>> consent_url(const ConsentAttempt& attempt, std::string login_hint) = 0;
    /// The caller has compared `state` already.
    virtual Task<ProviderResult<Grant>> redeem(const ConsentAttempt& attempt, std::string code) = 0;
    virtual Task<ProviderResult<Refreshed>> refresh(std::string refresh_token) = 0;
    /// Ends the whole grant; fine too where it has ended already.
    virtual Task<ProviderResult<bool>> revoke(std::string refresh_token) = 0;
    /// All of them, however many pages that takes.
    virtual Task<ProviderResult<std::vector<ProviderCalendar>>> calendars(std::string access_token) = 0;
};

} // namespace doorstep::calendar
