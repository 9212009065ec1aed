#pragma once

#include "modules/journeys/journeys.hpp"

/// The columns a FollowUpTask is mapped from, of tasks t, contacts c and journeys j.
#define TASK_COLUMNS                                                                                                      \
    " t.id, t.contact_id as client_id, c.name as client_name, t.journey_id, j.template as journey_name, t.title,"         \
    " t.followup_type, t.scheduled_for, t.status, t.priority, t.notes, t.channel, t.mode, t.letter_id, t.message_id as "  \
    "email_sent_id,"                                                                                                      \
    " t.reason, t.failed_at is not null as failed, t.paused_at is not null as paused,"                                    \
    " (t.drafted_at is not null and t.mode = 'approve' and t.status = 'pending') as drafted, t.held_until, t.created_at," \
    " t.updated_at, t.completed_at, t.version "

#define TASK_TABLES                                                                   \
    "tasks t join contacts c on c.account_id = t.account_id and c.id = t.contact_id " \
    "left join journeys j on j.account_id = t.account_id and j.id = t.journey_id "

namespace doorstep::journeys {

/// ($1 account, $2 ids): their jobs are done with, but they are not; they are given others when they are due.
extern const db::Query free_tasks_sql;

inline messages::Occasion occasion_of(const FollowUpTask& task) {
    return {
        .task_id = task.id.value,
        .followup_type = std::string(enum_text(task.followup_type)),
        .notes = task.notes.value_or(""),
        .open = task.status == Status::pending && !task.email_sent_id,
        .stepped = task.journey_id.has_value(),
        .letter_id = task.letter_id,
    };
}

} // namespace doorstep::journeys
