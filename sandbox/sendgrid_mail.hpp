#pragma once

#include <expected>
#include <string>
#include <vector>

#include "core/json.hpp"

namespace doorstep::sandbox::sendgrid {

/// An error as SendGrid words it.
struct Refusal {
    std::string message;
    std::string field; ///< empty: null
};

/// One message of a request: one recipient of one personalization.
struct Mail {
    std::string to;
    std::string to_shown; ///< with the name: "Ana <ana@example.com>"
    std::string from_shown;
    std::string reply_to_shown;
    std::string subject;
    std::string text;
    std::string html;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string custom_args = "{}"; ///< JSON object of strings
    std::vector<std::string> categories;
};

struct MailRequest {
    std::vector<Mail> mails;
    bool only_checked = false; ///< mail_settings.sandbox_mode: valid, and that is all
};

/// Reads a v3 mail/send request with the checks that SendGrid documents; all that is wrong, as it would list it.
std::expected<MailRequest, std::vector<Refusal>> read_mail_request(JsonView root);

} // namespace doorstep::sandbox::sendgrid
