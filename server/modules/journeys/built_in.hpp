#pragma once

#include "modules/journeys/templates.hpp"

namespace doorstep::journeys {

/// Ids of what every account has from the start.
constexpr Uuid fixed_id(std::uint8_t last) {
    Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    id.bytes[15] = last;
    return id;
}
inline constexpr Uuid built_in_template = fixed_id(0x01);

/// The follow-up of a new client, as long as the account has not edited it.
JourneyTemplate built_in_plan();

} // namespace doorstep::journeys
