#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/json.hpp"

namespace doorstep::sandbox::sendgrid {

/// The message that events are about.
struct EventSubject {
    std::string email;
    std::string message_id;  ///< X-Message-Id
    std::string custom_args; ///< JSON object
};

/// Whether SendGrid has such an event, or it is one of our shorthands: `blocked` (a bounce of the softer type) and
/// `machine_open` (a mail program that fetches every image).
bool is_event(std::string_view name);
/// The body of an event webhook: a JSON array, one element an event, and SendGrid's final line break.
std::string event_batch(
    const EventSubject& subject, const std::vector<std::string>& events, const std::optional<std::string>& url, Time now
);

} // namespace doorstep::sandbox::sendgrid
