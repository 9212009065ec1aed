#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "core/email.hpp"
#include "core/task.hpp"

namespace doorstep::mail {

/// An e-mail ready to go: both parts rendered, recipient checked by the send gate.
struct OutgoingEmail {
    std::string email_id; ///< our id: the correlation id at the provider, and the SMTP Message-ID's local part
    std::string account_id;
    std::string client_id;
    std::string task_id; ///< empty: none
    Email from;
    std::string from_name;
    std::optional<Email> reply_to;
    Email to;
    std::string to_name;
    std::string subject;
    std::string text;
    std::string html;
    bool private_links = false;   ///< its links open something: no provider's click counter may lead them through itself
    std::string unsubscribe_url;  ///< of RFC 8058 one-click; empty for mail that needs none (codes, receipts)
    std::string in_reply_to = {}; ///< "<id@host>" of what it answers; empty: nothing
    std::string references = {};  ///< the whole thread, separated by spaces
};

/// What became of a hand-over. Only `accepted` completes a task; `ambiguous` is reconciled, never repeated blindly.
struct SendResult {
    enum class Kind {
        accepted,  ///< `provider_id` set
        rejected,  ///< will never be accepted as it is (4xx): `reason` in words
        later,     ///< not taken, may be tried again (not sent, 429, 5xx), not before `retry_at` if set
        ambiguous, ///< broken off after the request may have been read
    };
    Kind kind = Kind::rejected;
    std::string provider_id;
    std::string reason;
    std::optional<Time> retry_at;
};

/// Hands e-mails to a provider. Fulfilled in providers/; only the send gate may hold one.
class EmailSender {
public:
    virtual ~EmailSender() = default;
    virtual std::string_view name() const = 0; ///< "sendgrid", "mailgun", "smtp"
    virtual Task<SendResult> send(const OutgoingEmail& email) = 0;
};

} // namespace doorstep::mail
