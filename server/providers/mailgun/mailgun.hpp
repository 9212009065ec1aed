#pragma once

#include <memory>
#include <string>

#include "core/clock.hpp"
#include "http/client.hpp"
#include "modules/mail/email_sender.hpp"

namespace doorstep::providers {

struct MailgunOptions {
    std::string api_key;
    std::string domain;   ///< that sends: "mg.example.com"
    std::string base_url; ///< without /v3: "https://api.mailgun.net", or the European host
    std::chrono::milliseconds timeout{30'000};
};

/// Mailgun's messages API. The provider's id is Mailgun's, without its angle brackets, as events carry it.
std::unique_ptr<mail::EmailSender> make_mailgun(MailgunOptions options, http::Client& client, const Clock& clock);

} // namespace doorstep::providers
