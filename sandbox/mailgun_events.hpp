#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/json.hpp"

namespace doorstep::sandbox::mailgun {

/// The message that an event is about.
struct EventSubject {
    std::string recipient;
    std::string sender;
    std::string subject;
    std::string message_id;     ///< without angle brackets
    std::string user_variables; ///< JSON object: what came as v:name
};

/// Whether Mailgun has such an event, by its own name ("opened", "permanent_fail") or the one that the other doubles share
/// ("open", "bounce", "deferred"); `machine_open` is a mail program that fetches every image.
bool is_event(std::string_view name);
/// The `event-data` of one webhook.
std::string event_data(const EventSubject& about, std::string_view event, const std::optional<std::string>& url, Time now);
/// The body of a webhook: the event with a signature that is made anew for each attempt.
std::string signed_body(std::string_view signing_key, std::string_view event_data, Time now);

} // namespace doorstep::sandbox::mailgun
