#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "modules/mail/email_events.hpp"

namespace doorstep::providers {

/// SendGrid's signed Event Webhook. `verification_keys` as in split_verification_keys(); a signature is refused when its
/// timestamp is more than `tolerance` away from the product's clock.
std::unique_ptr<mail::EmailEventSource> make_sendgrid_events(
    std::string_view verification_keys, std::chrono::seconds tolerance
);

} // namespace doorstep::providers
