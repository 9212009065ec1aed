#pragma once

#include "modules/messages/messages.hpp"

namespace doorstep::messages {

/// A message as sending needs it.
struct Messages::Stored {
    Uuid account_id;
    Id<EmailSummary> id;
    Id<Client> contact_id;
    std::optional<Uuid> task_id;
    std::string cause_key;
    Class class_ = Class::followup;
    std::string from_email;
    std::string from_name;
    std::optional<std::string> reply_to;
    std::string to_email;
    std::string to_name;
    std::string subject;
    std::string body_html;
    std::string body_text;
    std::string status;
    std::string dispatch;
    std::optional<std::string> error_message;
    std::optional<std::string> provider_message_id;
    std::optional<Time> sent_at;
    std::optional<Time> undo_until;
    std::optional<std::string> in_reply_to;
    std::optional<std::string> mail_references;
    BOOST_DESCRIBE_CLASS(
        Stored, (),
        (account_id, id, contact_id, task_id, cause_key, class_, from_email, from_name, reply_to, to_email, to_name, subject,
         body_html, body_text, status, dispatch, error_message, provider_message_id, sent_at, undo_until, in_reply_to,
         mail_references),
        (), ()
    )
};

#define STORED_COLUMNS                                                                                                       \
    " account_id, id, contact_id, task_id, cause_key, class as class_, from_email, from_name, reply_to, to_email, to_name, " \
    "subject,"                                                                                                               \
    " body_html, body_text, status, dispatch, error_message, provider_message_id, sent_at, undo_until, in_reply_to, "        \
    "mail_references "

} // namespace doorstep::messages
