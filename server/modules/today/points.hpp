#pragma once

#include "modules/today/today.hpp"

namespace doorstep::today {

/// A task, draft or suggestion with what its rank is worked out from.
struct Thing {
    Kind kind = Kind::task;
    Uuid id;
    Uuid contact_id;
    std::string name;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    contacts::Stage stage = contacts::Stage::lead;
    std::string title;
    std::optional<std::string> notes;
    std::optional<journeys::Channel> channel;
    std::optional<journeys::Priority> priority;
    std::optional<contacts::Stage> to_stage;
    Time since; ///< when it fell due, was drafted, was suggested
    BOOST_DESCRIBE_CLASS(
        Thing, (), (kind, id, contact_id, name, email, phone, stage, title, notes, channel, priority, to_stage, since), (), ()
    )
};

/// What a person did lately that nobody has answered.
struct Signals {
    Uuid contact_id;
    std::string name;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    contacts::Stage stage = contacts::Stage::lead;
    std::int64_t replied = 0;
    std::int64_t clicked = 0;
    std::int64_t opened = 0;
    bool new_person = false;
    Time last_at;
    BOOST_DESCRIBE_CLASS(
        Signals, (), (contact_id, name, email, phone, stage, replied, clicked, opened, new_person, last_at), (), ()
    )
};

/// Everything as items, the weightiest first. What a person did counts for the weightiest thing to do with them; with whom there
/// is nothing to do yet becomes a proposal to get in touch, if they did enough.
std::vector<TodayItem> rank(const std::vector<Thing>& things, const std::vector<Signals>& signals, Time now);

} // namespace doorstep::today
