#pragma once

#include "modules/journeys/journeys.hpp"

/// The columns a FollowUpTask is mapped from, of tasks t and contacts c.
#define TASK_COLUMNS                                                                                                       \
    " t.id, t.contact_id as client_id, c.name as client_name, t.journey_id, t.followup_type, t.scheduled_for, t.status,"   \
    " t.priority, t.notes, t.channel, t.mode, t.message_id as email_sent_id, t.reason, t.failed_at is not null as failed," \
    " t.held_until, t.created_at, t.updated_at, t.completed_at, t.version "

#define TASK_TABLES "tasks t join contacts c on c.account_id = t.account_id and c.id = t.contact_id "
