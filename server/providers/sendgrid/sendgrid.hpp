#pragma once

#include <memory>
#include <string>

#include "core/clock.hpp"
#include "http/client.hpp"
#include "modules/mail/email_sender.hpp"

namespace doorstep::providers {

struct SendGridOptions {
    std::string api_key;
    std::string base_url = "https://api.sendgrid.com"; ///< without /v3
    std::string unsubscribe_mailto;                    ///< an address that unsubscribes who writes to it; empty: none
    std::chrono::milliseconds timeout{30'000};
};

/// SendGrid's v3 Mail Send. `client` belongs to the calling thread.
std::unique_ptr<mail::EmailSender> make_sendgrid(SendGridOptions options, http::Client& client, const Clock& clock);

} // namespace doorstep::providers
