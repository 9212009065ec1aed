#pragma once

// What a unit of follow-up work is, and how people change it.

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/templates/templates.hpp"

namespace doorstep::journeys {

using contacts::Client;

enum class FollowupType { day_1, day_3, week_1, week_2, month_1, custom };
BOOST_DESCRIBE_ENUM(FollowupType, day_1, day_3, week_1, week_2, month_1, custom)

enum class Status { pending, completed, skipped, cancelled };
BOOST_DESCRIBE_ENUM(Status, pending, completed, skipped, cancelled)

enum class Priority { high, medium, low };
BOOST_DESCRIBE_ENUM(Priority, high, medium, low)

enum class Channel { email, sms, whatsapp, call, note };
BOOST_DESCRIBE_ENUM(Channel, email, sms, whatsapp, call, note)

/// Done by the system; by the system after a person's yes; by a person.
enum class Mode { automatic, approve, manual };
BOOST_DESCRIBE_ENUM(Mode, automatic, approve, manual)

/// A unit of follow-up work, as the API shows it.
struct FollowUpTask {
    Id<FollowUpTask> id;
    Id<Client> client_id;
    std::string client_name;
    std::optional<Uuid> journey_id;
    std::optional<std::string> journey_name; ///< the plan that the task is a step of
    std::optional<std::string> title;        ///< where the occasion does not say it
    FollowupType followup_type = FollowupType::custom;
    Time scheduled_for;
    Status status = Status::pending;
    Priority priority = Priority::medium;
    std::optional<std::string> notes;
    Channel channel = Channel::email;
    Mode mode = Mode::automatic;
    std::optional<Id<templates::Template>> letter_id; ///< of the library: sent instead of one that is written
    std::optional<Uuid> email_sent_id;
    std::optional<std::string> reason;
    bool failed = false;
    bool paused = false;  ///< its journey stands still
    bool drafted = false; ///< its draft waits for a person's yes
    std::optional<Time> held_until;
    Time created_at;
    Time updated_at;
    std::optional<Time> completed_at;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        FollowUpTask, (),
        (id, client_id, client_name, journey_id, journey_name, title, followup_type, scheduled_for, status, priority, notes,
         channel, mode, letter_id, email_sent_id, reason, failed, paused, drafted, held_until, created_at, updated_at,
         completed_at, version),
        (), ()
    )
};

struct NewTask {
    Id<Client> client_id;
    FollowupType followup_type = FollowupType::custom;
    Time scheduled_for;
    Priority priority = Priority::medium;
    std::optional<Line<1, 60>> title;
    std::optional<Text<0, 500>> notes;
    std::optional<Channel> channel;
    std::optional<Mode> mode;
    BOOST_DESCRIBE_CLASS(NewTask, (), (client_id, followup_type, scheduled_for, priority, title, notes, channel, mode), (), ())
    void validate(Reader& reader) const;
};

struct TaskPatch {
    Patch<Status> status;
    Patch<Time> scheduled_for;
    Patch<std::optional<Text<0, 500>>> notes;
    Patch<Priority> priority;
    Patch<Mode> mode;
    Patch<std::optional<Line<1, 200>>> reason; ///< why it is skipped or cancelled
    BOOST_DESCRIBE_CLASS(TaskPatch, (), (status, scheduled_for, notes, priority, mode, reason), (), ())
};

/// One of many changes: each task its own, so that what was done can be taken back exactly.
struct TaskChange {
    std::string id; ///< what is no id of a task is reported as failed, not refused
    std::optional<Status> status;
    std::optional<Time> scheduled_for;
    std::optional<Line<1, 200>> reason;
    BOOST_DESCRIBE_CLASS(TaskChange, (), (id, status, scheduled_for, reason), (), ())
};

struct BulkTasks {
    std::vector<TaskChange> items;
    BOOST_DESCRIBE_CLASS(BulkTasks, (), (items), (), ())
    void validate(Reader& reader) const;
};

struct TaskFailure {
    std::string id;
    std::string reason;
    BOOST_DESCRIBE_CLASS(TaskFailure, (), (id, reason), (), ())
};

struct BulkTaskResult {
    std::int64_t updated_count = 0;
    std::vector<std::string> failed_ids;
    std::vector<TaskFailure> failures;
    std::int64_t total_requested = 0;
    BOOST_DESCRIBE_CLASS(BulkTaskResult, (), (updated_count, failed_ids, failures, total_requested), (), ())
};

enum class TaskSort { due, due_desc, newest };
BOOST_DESCRIBE_ENUM(TaskSort, due, due_desc, newest)

struct TaskFilter {
    std::optional<Status> status;
    std::optional<Id<Client>> client_id;
    std::optional<bool> failed;
    std::optional<Time> due_before;
    std::optional<Time> due_from;
    std::optional<TaskSort> sort;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(TaskFilter, (), (status, client_id, failed, due_before, due_from, sort, page, limit, cursor), (), ())
};

struct CalendarFilter {
    std::optional<Time> from;  ///< this instant included; required, as is `until`
    std::optional<Time> until; ///< this one not
    std::optional<Status> status;
    BOOST_DESCRIBE_CLASS(CalendarFilter, (), (from, until, status), (), ())
    void validate(Reader& reader) const;
};

/// The tasks of a range of days, all of them unless `cut`.
struct TaskCalendar {
    std::vector<FollowUpTask> items;
    std::int64_t total = 0; ///< in the range
    bool cut = false;       ///< there are more than `items` holds: ask for fewer days
    BOOST_DESCRIBE_CLASS(TaskCalendar, (), (items, total, cut), (), ())
};

/// Whether messages of that channel can be sent from here; what can't be is a person's to do.
constexpr bool can_send(Channel channel) {
    return channel == Channel::email;
}

} // namespace doorstep::journeys

template <>
struct doorstep::EnumText<doorstep::journeys::FollowupType> {
    static std::string_view text(journeys::FollowupType type) {
        using enum journeys::FollowupType;
        switch (type) {
        case day_1: return "Day 1";
        case day_3: return "Day 3";
        case week_1: return "Week 1";
        case week_2: return "Week 2";
        case month_1: return "Month 1";
        case custom: return "Custom";
        }
        return "Custom";
    }
};

template <>
struct doorstep::EnumText<doorstep::journeys::TaskSort> {
    static std::string_view text(journeys::TaskSort sort) {
        using enum journeys::TaskSort;
        switch (sort) {
        case due: return "scheduled_for";
        case due_desc: return "-scheduled_for";
        case newest: return "-created_at";
        }
        return "scheduled_for";
    }
};
