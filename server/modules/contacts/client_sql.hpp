#pragma once

#include "modules/contacts/contacts.hpp"

/// The columns of contacts that a Client is mapped from.
#define CLIENT_COLUMNS                                                                                                  \
    " id, name, email, phone, property_address, property_type, stage, notes, custom_fields, tags, zone,"                \
    " unsubscribed_at is not null as email_unsubscribed, unsubscribed_reason, last_contacted, created_at, updated_at, " \
    "version "

namespace doorstep::contacts {

inline Json stage_data(Stage stage) {
    return Json{R"({"stage":)" + json_quote(enum_text(stage)) + "}"};
}

} // namespace doorstep::contacts
