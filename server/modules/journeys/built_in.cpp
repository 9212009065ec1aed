#include "modules/journeys/built_in.hpp"

namespace doorstep::journeys {

namespace {

Step letter(std::uint8_t id, FollowupType type, int days, Priority priority) {
    return {
        .id = fixed_id(id),
        .name = std::string(enum_text(type)),
        .followup_type = type,
        .offset_minutes = days * 24 * 60,
        .channel = Channel::email,
        .priority = priority,
        .mode = Mode::automatic,
        .instructions = {},
        .letter_id = {},
        .manual_reason = {},
    };
}

} // namespace

JourneyTemplate built_in_plan() {
    JourneyTemplate plan;
    plan.id = {built_in_template};
    plan.name = "New client";
    plan.starts = Starts::new_client;
    plan.built_in = true;
    plan.steps = {
        letter(0x11, FollowupType::day_1, 1, Priority::high),    letter(0x12, FollowupType::day_3, 3, Priority::medium),
        letter(0x13, FollowupType::week_1, 7, Priority::medium), letter(0x14, FollowupType::week_2, 14, Priority::low),
        letter(0x15, FollowupType::month_1, 30, Priority::low),
    };
    return plan;
}

} // namespace doorstep::journeys
