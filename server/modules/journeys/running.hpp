#pragma once

// Journeys under way, and drafts that wait for a person's yes.

#include <optional>
#include <string>

#include "modules/journeys/templates.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::journeys {

enum class JourneyStatus { in_progress, paused, stopped, completed };
BOOST_DESCRIBE_ENUM(JourneyStatus, in_progress, paused, stopped, completed)

/// What comes next in a journey.
struct NextStep {
    Id<FollowUpTask> task_id;
    std::string name;
    Channel channel = Channel::email;
    Mode mode = Mode::automatic;
    Time scheduled_for;
    Time goes_at; ///< within the person's daytime, where the system sends it
    std::optional<std::string> reason;
    bool failed = false;
    BOOST_DESCRIBE_CLASS(NextStep, (), (task_id, name, channel, mode, scheduled_for, goes_at, reason, failed), (), ())
};

/// A plan under way with a person, or what became of it.
struct Journey {
    Id<Journey> id;
    Id<Client> client_id;
    std::string client_name;
    Id<JourneyTemplate> template_id;
    std::string name;
    JourneyStatus status = JourneyStatus::in_progress;
    Time started_at;
    std::optional<Time> paused_at;
    std::optional<Time> ended_at;
    std::optional<std::string> end_reason;
    std::int64_t steps = 0;
    std::int64_t steps_done = 0;
    Zone zone; ///< the person's
    std::optional<NextStep> next;
    BOOST_DESCRIBE_CLASS(
        Journey, (),
        (id, client_id, client_name, template_id, name, status, started_at, paused_at, ended_at, end_reason, steps, steps_done,
         zone, next),
        (), ()
    )
};

struct JourneyFilter {
    std::optional<JourneyStatus> status;
    std::optional<Id<Client>> client_id;
    std::optional<Id<JourneyTemplate>> template_id;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(JourneyFilter, (), (status, client_id, template_id, page, limit, cursor), (), ())
};

struct NewJourney {
    Id<JourneyTemplate> template_id;
    std::optional<bool> replace; ///< ends what else is under way; unset: yes
    BOOST_DESCRIBE_CLASS(NewJourney, (), (template_id, replace), (), ())
};

struct StopRequest {
    std::optional<Line<1, 200>> reason;
    BOOST_DESCRIBE_CLASS(StopRequest, (), (reason), (), ())
};

/// A due message that waits for a person's yes.
struct Approval {
    Id<FollowUpTask> id; ///< of the task
    Id<Client> client_id;
    std::string client_name;
    std::optional<std::string> client_email;
    std::optional<std::string> journey_name;
    std::string name;
    std::optional<std::string> notes;
    Time scheduled_for;
    Priority priority = Priority::medium;
    std::string subject;
    std::string body;
    messages::Source source = messages::Source::template_;
    Time drafted_at;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        Approval, (),
        (id, client_id, client_name, client_email, journey_name, name, notes, scheduled_for, priority, subject, body, source,
         drafted_at, version),
        (), ()
    )
};

struct ApprovalFilter {
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(ApprovalFilter, (), (page, limit, cursor), (), ())
};

struct DraftPatch {
    Patch<Line<1, 200>> subject;
    Patch<Text<1, 20'000>> body;
    BOOST_DESCRIBE_CLASS(DraftPatch, (), (subject, body), (), ())
};

struct RewriteRequest {
    std::optional<Text<0, 500>> agent_instructions;
    BOOST_DESCRIBE_CLASS(RewriteRequest, (), (agent_instructions), (), ())
};

struct RejectRequest {
    std::optional<Line<1, 200>> reason;
    BOOST_DESCRIBE_CLASS(RejectRequest, (), (reason), (), ())
};

} // namespace doorstep::journeys
