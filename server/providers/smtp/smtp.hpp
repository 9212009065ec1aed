#pragma once

#include <memory>
#include <string>

#include "core/clock.hpp"
#include "modules/mail/email_sender.hpp"

namespace doorstep::providers {

struct SmtpOptions {
    /// smtp://user:password@host:port (STARTTLS where the server offers it; demanded where a password would leave this machine)
    /// or smtps://…
    std::string url;
    std::string unsubscribe_mailto; ///< an address that unsubscribes who writes to it; empty: none
    std::chrono::milliseconds timeout{60'000};
};

/// Whether it is of the form that SmtpOptions::url wants.
bool is_smtp_url(const std::string& url);

/// An operator's own mail server. The Message-ID, `<email_id@from-domain>`, is the provider's id. Has a thread of its own:
/// libcurl waits for the answer to QUIT without giving way to other transfers.
std::unique_ptr<mail::EmailSender> make_smtp(SmtpOptions options, const Clock& clock);

} // namespace doorstep::providers
