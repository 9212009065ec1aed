#pragma once

#include "modules/contacts/contacts.hpp"

/// The columns of contacts that a Client is mapped from.
#define CLIENT_COLUMNS                                                                                                   \
    " id, name, email, phone, property_address, property_type, stage, notes, custom_fields, tags, zone,"                 \
    " unsubscribed_at is not null as email_unsubscribed, unsubscribed_reason, last_contacted, assigned_to, created_at, " \
    "updated_at, version "

/// Joins `s (created_at, words)`: since when, and in whose words, the address wants no e-mail. Who was deleted and comes back is still
/// somebody who asked for none. $1 is the account.
#define ASKED_BEFORE(email_key)                                                                      \
    " left join lateral (select created_at, 'asked for no e-mail before' as words from suppressions" \
    " where account_id = $1 and channel = 'email' and address_key = " email_key                      \
    " and reason in ('unsubscribe', 'complaint') order by created_at limit 1) s on true "

namespace doorstep::contacts {

inline Json stage_data(Stage stage) {
    return Json{R"({"stage":)" + json_quote(enum_text(stage)) + "}"};
}

/// The forms by which addresses and numbers are compared; none where there is nothing to compare.
inline std::optional<std::string> key_of(const std::optional<Email>& email) {
    return email ? std::optional(email->key()) : std::nullopt;
}
inline std::optional<std::string> key_of(const std::optional<Phone>& phone) {
    auto text = phone ? phone->e164() : std::string();
    return text.empty() ? std::nullopt : std::optional(text);
}

/// Writes all that a person can change of a client that the caller holds the lock of. The event is the caller's.
Task<Client> write_client(db::Session& tx, Context& ctx, const Client& client);

/// Who asked for what a job does: the history names them.
inline Actor asked_by(std::string_view kind, Uuid id, std::string name) {
    auto which = kind == "user" ? Actor::Kind::user : kind == "api_key" ? Actor::Kind::api_key : Actor::Kind::system;
    return {which, id, std::move(name)};
}

template <class T>
std::vector<Id<Client>> ids_of(const std::vector<T>& clients) {
    std::vector<Id<Client>> ids;
    ids.reserve(clients.size());
    for (auto& client : clients) ids.push_back(client.id);
    return ids;
}

/// As the history takes them, which knows no clients.
inline std::vector<Uuid> values_of(const std::vector<Id<Client>>& ids) {
    std::vector<Uuid> values;
    values.reserve(ids.size());
    for (auto& id : ids) values.push_back(id.value);
    return values;
}

} // namespace doorstep::contacts
