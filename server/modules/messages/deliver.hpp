#pragma once

#include <set>

#include "modules/messages/stored.hpp"

namespace doorstep::messages {

/// What of a batch is to be handed over, and what became of the rest: by the place of each e-mail in the batch.
struct Messages::Claim {
    explicit Claim(std::size_t size) : messages(size), otherwise(size) {}

    std::vector<std::optional<Stored>> messages; ///< marked `sending`: hand them over
    std::vector<Delivery> otherwise;             ///< of those without a message
    std::set<std::size_t> known;                 ///< their causes have messages already
};

inline constexpr auto in_doubt =
    "It is not known yet whether this e-mail went out; it is being checked and is not sent again meanwhile.";

} // namespace doorstep::messages
