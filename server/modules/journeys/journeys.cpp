#include "modules/journeys/journeys.hpp"

#include "core/paging.hpp"
#include "modules/journeys/task_sql.hpp"

namespace doorstep::journeys {

namespace {

const db::Query find_sql{
    "tasks.find", "select" TASK_COLUMNS "from " TASK_TABLES "where t.account_id = $1 and t.id = $2 and t.deleted_at is null"
};

const db::Query lock_sql{
    "tasks.lock", "select" TASK_COLUMNS "from " TASK_TABLES
                  "where t.account_id = $1 and t.id = $2 and t.deleted_at is null for no key update of t"
};

const db::Query insert_sql{"tasks.insert", R"sql(
    insert into tasks (account_id, id, contact_id, followup_type, scheduled_for, status, priority, notes, channel, mode, created_at, updated_at, title)
    select $1, $2, c.id, $4, $5, 'pending', $6, $7, $8, $9, $10, $10, $11
    from contacts c where c.account_id = $1 and c.id = $3 and c.deleted_at is null
)sql"};

const db::Query update_sql{"tasks.update", R"sql(
    update tasks set status = $3, scheduled_for = $4, notes = $5, priority = $6, mode = $7, completed_at = $8, reason = $9,
        addressed_mode = case when mode = $7 then addressed_mode end,
        held_until = case when scheduled_for = $4 then held_until end,
        failed_at = case when $3 = 'pending' and status = 'pending' and scheduled_for = $4 then failed_at end,
        dispatched_at = case when status = 'pending' then dispatched_at end,
        edited = edited or ($3 = 'pending' and status = 'pending'),
        updated_at = $10, version = version + 1
    where account_id = $1 and id = $2
)sql"};

// A person called or wrote: that is contact.
const db::Query contacted_sql{"tasks.contacted", R"sql(
    update contacts set last_contacted = greatest(last_contacted, $3) where account_id = $1 and id = $2
)sql"};

const db::Query remove_sql{"tasks.remove", R"sql(
    update tasks set deleted_at = $3, updated_at = $3, version = version + 1 where account_id = $1 and id = $2 and deleted_at is null
    returning contact_id
)sql"};

const db::Query retry_sql{"tasks.retry", R"sql(
    update tasks set failed_at = null, reason = null, dispatched_at = null, held_until = null, updated_at = $3, version = version + 1
    where account_id = $1 and id = $2 and status = 'pending' and failed_at is not null and deleted_at is null
    returning contact_id
)sql"};

const db::Query finish_sql{"journeys.finish", R"sql(
    update journeys j set status = 'completed', ended_at = $3, end_reason = 'every step is done', paused_at = null
    from tasks done
    where done.account_id = $1 and done.id = any ($2) and j.account_id = $1 and j.id = done.journey_id and j.ended_at is null
        and (
            select count(*) from (
                select from tasks t
                where t.account_id = $1 and t.journey_id = j.id and t.status = 'pending' and t.deleted_at is null limit 1
            ) still_open
        ) = 0
)sql"};

const db::Query unfinish_sql{"journeys.unfinish", R"sql(
    update journeys j set status = 'in_progress', ended_at = null, end_reason = null
    from tasks t
    where t.account_id = $1 and t.id = any ($2) and t.status = 'pending' and t.deleted_at is null and j.account_id = $1
        and j.id = t.journey_id and j.status = 'completed'
        and not exists (
            select from journeys o
            where o.account_id = $1 and o.contact_id = j.contact_id and o.template_id = j.template_id and o.ended_at is null
        )
)sql"};

const db::Query press_sql{"tasks.press", R"sql(
    update tasks set mode = 'automatic', scheduled_for = least(scheduled_for, $3), pressed_at = $3, dispatched_at = $3,
        held_until = null, failed_at = null, paused_at = null, reason = null, updated_at = $3, version = version + 1
    where account_id = $1 and id = $2 and status = 'pending' and channel = 'email' and mode <> 'manual' and message_id is null
        and deleted_at is null
    returning contact_id
)sql"};

// What waits already because of the gate waits no longer.
const db::Query press_message_sql{"tasks.press_message", R"sql(
    update messages set class = 'personal', held_until = null, hold_reason = null
    where account_id = $1 and task_id = $2 and dispatch = 'waiting'
)sql"};

// A message that failed for good is revived together with its task: the same cause never makes a second one.
const db::Query revive_sql{"tasks.revive_message", R"sql(
    update messages set status = 'queued', dispatch = 'waiting', sending_since = null, error_message = null, retry_count = retry_count + 1
    where account_id = $1 and task_id = $2 and status = 'failed' and cause_key = 'task:' || $2::text
)sql"};

} // namespace

void NewTask::validate(Reader& reader) const {
    if (mode && *mode != Mode::manual && channel && !can_send(*channel)) {
        reader.fail("mode", "not_allowed", "must be manual on this channel: nothing can be sent on it from here yet");
    }
}

Task<FollowUpTask> Journeys::require(Context& ctx, Id<FollowUpTask> id) {
    auto task = co_await db_.maybe<FollowUpTask>(ctx, find_sql, ctx.account_id, id);
    if (!task) throw not_found("task");
    co_return std::move(*task);
}

Task<FollowUpTask> Journeys::create(Context& ctx, const NewTask& input) {
    auto now = ctx.now();
    auto id = Id<FollowUpTask>::make(now);
    auto channel = input.channel.value_or(Channel::email);
    auto mode = input.mode.value_or(channel == Channel::email ? Mode::automatic : Mode::manual);
    auto body = [&](db::Session& tx) -> Task<> {
        auto added = co_await tx.exec(
            insert_sql, ctx.account_id, id, input.client_id, input.followup_type, input.scheduled_for, input.priority,
            input.notes, channel, mode, now, input.title
        );
        if (added == 0) throw not_found("client");
        Json data{R"({"followup_type":)" + json_quote(enum_text(input.followup_type)) + "}"};
        events_.record(
            tx, ctx, {.kind = "task_created", .contact_id = input.client_id.value, .task_id = id.value, .data = std::move(data)}
        );
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

Task<FollowUpTask> Journeys::update(
    Context& ctx, Id<FollowUpTask> id, const TaskPatch& patch, const http::Precondition& precondition
) {
    auto body = [&](db::Session& tx) { return change(tx, ctx, id, patch, precondition); };
    co_await db_.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

Task<> Journeys::change(
    db::Session& tx, Context& ctx, Id<FollowUpTask> id, const TaskPatch& patch, const http::Precondition& precondition
) {
    auto now = ctx.now();
    auto task = co_await tx.maybe<FollowUpTask>(lock_sql, ctx.account_id, id);
    if (!task) throw not_found("task");
    precondition(std::to_string(task->version));
    auto before = *task;
    if (patch.status) task->status = *patch.status;
    if (patch.scheduled_for) task->scheduled_for = *patch.scheduled_for;
    if (patch.notes) task->notes = *patch.notes ? std::optional(patch.notes->value().value) : std::nullopt;
    if (patch.priority) task->priority = *patch.priority;
    if (patch.mode) task->mode = *patch.mode;
    if (patch.mode && task->mode != Mode::manual && !can_send(task->channel)) {
        throw invalid("mode", "not_allowed", "must be manual on this channel: nothing can be sent on it from here yet");
    }
    bool reopened = before.status != Status::pending && task->status == Status::pending;
    if (before.email_sent_id && task->status != Status::completed) {
        throw conflict("already_mailed", "The e-mail of this task has gone out; it can't be undone.");
    }
    if (task->status != before.status) task->reason.reset();
    if (patch.reason) task->reason = *patch.reason ? std::optional(patch.reason->value().value) : std::nullopt;
    std::optional<Time> completed_at;
    if (task->status == Status::completed) completed_at = before.completed_at.value_or(now);
    co_await tx.exec(
        update_sql, ctx.account_id, id, task->status, task->scheduled_for, task->notes, task->priority, task->mode,
        completed_at, task->reason, now
    );
    if (task->status != before.status) finish_journeys(tx, ctx, {id.value});
    bool touched = task->status == Status::completed && before.status != Status::completed && task->mode == Mode::manual &&
                   task->channel != Channel::note;
    if (touched) tx.queue(contacted_sql, ctx.account_id, task->client_id, now);
    std::string kind = "task_updated";
    if (task->status != before.status)
        kind = reopened ? "task_reopened" : "task_" + std::string(enum_text(task->status));
    else if (task->scheduled_for != before.scheduled_for)
        kind = "task_rescheduled";
    std::string facts = R"({"followup_type":)" + json_quote(enum_text(before.followup_type));
    if (patch.reason && task->reason) facts += R"(,"reason":)" + json_quote(*task->reason);
    Json data{facts + "}"};
    events_.record(tx, ctx, {.kind = kind, .contact_id = before.client_id.value, .task_id = id.value, .data = std::move(data)});
}

void Journeys::finish_journeys(db::Session& tx, Context& ctx, const std::vector<Uuid>& task_ids) {
    tx.queue(finish_sql, ctx.account_id, task_ids, ctx.now());
    tx.queue(unfinish_sql, ctx.account_id, task_ids);
}

Task<> Journeys::remove(Context& ctx, Id<FollowUpTask> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto contact = co_await tx.maybe<Uuid>(remove_sql, ctx.account_id, id, ctx.now());
        if (!contact) throw not_found("task");
        finish_journeys(tx, ctx, {id.value});
        events_.record(tx, ctx, {.kind = "task_deleted", .contact_id = *contact, .task_id = id.value});
    };
    co_await db_.transaction(ctx, body);
}

Task<FollowUpTask> Journeys::retry(Context& ctx, Id<FollowUpTask> id) {
    co_await require(ctx, id);
    auto body = [&](db::Session& tx) -> Task<> {
        auto contact = co_await tx.maybe<Uuid>(retry_sql, ctx.account_id, id, ctx.now());
        if (!contact) throw conflict("not_failed", "Only a failed task can be tried again.");
        co_await tx.exec(revive_sql, ctx.account_id, id);
        events_.record(tx, ctx, {.kind = "task_retried", .contact_id = *contact, .task_id = id.value});
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

Task<FollowUpTask> Journeys::send_now(Context& ctx, Id<FollowUpTask> id) {
    auto task = co_await require(ctx, id);
    auto verdict =
        co_await messages_.check(ctx, {.cause_key = {}, .client_id = task.client_id, .class_ = messages::Class::personal});
    if (verdict.kind == messages::Verdict::Kind::refuse) {
        throw conflict("suppressed", "This client can't be e-mailed: " + verdict.reason + ".");
    }
    if (verdict.kind == messages::Verdict::Kind::needs_person) throw messages::no_email();
    auto body = [&](db::Session& tx) -> Task<> {
        auto contact = co_await tx.maybe<Uuid>(press_sql, ctx.account_id, id, ctx.now());
        if (!contact) throw conflict("not_sendable", "Only an e-mail that is still to come can be sent now.");
        co_await tx.exec(press_message_sql, ctx.account_id, id);
        co_await tx.exec(revive_sql, ctx.account_id, id);
        jobs::enqueue(tx, ctx, FollowUp{id.value}, {.unique_key = id.text()});
        events_.record(tx, ctx, {.kind = "task_sent_now", .contact_id = *contact, .task_id = id.value});
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

} // namespace doorstep::journeys
