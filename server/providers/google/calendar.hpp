#pragma once

#include <memory>
#include <string>

#include "modules/calendar/provider.hpp"
#include "providers/google/oauth.hpp"

namespace doorstep::providers {

struct GoogleCalendarOptions {
    GoogleClient client;
    std::string base_url = "https://www.googleapis.com/calendar/v3";
};

/// Consent with offline access, and Google Calendar v3. One per thread.
std::unique_ptr<calendar::CalendarProvider> make_google_calendar(
    GoogleCalendarOptions options, http::Client& client, const Clock& clock
);

} // namespace doorstep::providers
