#pragma once

#include "modules/messages/messages.hpp"

namespace doorstep::messages {

/// A message that asks to be let through.
struct Messages::Candidate {
    Id<Client> client;
    std::string to_key; ///< the address, as suppressions know it
    Class class_ = Class::followup;
    bool stepped = false;
    Uuid message{}; ///< itself, where it is in the store already
};

/// What the send gate decides on, read in the transaction that sends.
struct Messages::GateFacts {
    std::int64_t n = 0; ///< of which candidate, from 1
    bool deleted = false;
    contacts::Stage stage = contacts::Stage::lead;
    std::optional<std::string> unsubscribed_reason;
    bool addressless = false;
    std::optional<std::string> suppression;
    Zone zone;
    std::int64_t quiet_from = 0;
    std::int64_t quiet_until = 1440;
    std::int64_t daily_cap = 1;
    std::int64_t recent = 0; ///< automatic messages to this person within 24 hours, those in doubt included
    std::optional<Time> oldest_recent;
    std::optional<Time> last_step; ///< the last message of a journey to this person
    BOOST_DESCRIBE_CLASS(
        GateFacts, (),
        (n, deleted, stage, unsubscribed_reason, addressless, suppression, zone, quiet_from, quiet_until, daily_cap, recent,
         oldest_recent, last_step),
        (), ()
    )
};

} // namespace doorstep::messages
