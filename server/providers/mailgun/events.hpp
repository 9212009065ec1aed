#pragma once

#include <memory>
#include <string>

#include "modules/mail/email_events.hpp"

namespace doorstep::providers {

/// Mailgun's event webhook. `signing_keys`: by commas, any of which counts (a rotation has two).
std::unique_ptr<mail::EmailEventSource> make_mailgun_events(std::string_view signing_keys);

} // namespace doorstep::providers
