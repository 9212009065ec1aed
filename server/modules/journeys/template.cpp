#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

struct Step {
    FollowupType type;
    std::chrono::days offset;
    Priority priority;
};

// The follow-up of a new client; offsets count from its creation.
constexpr Step new_client[] = {
    {FollowupType::day_1, std::chrono::days{1}, Priority::high},
    {FollowupType::day_3, std::chrono::days{3}, Priority::medium},
    {FollowupType::week_1, std::chrono::days{7}, Priority::medium},
    {FollowupType::week_2, std::chrono::days{14}, Priority::low},
    {FollowupType::month_1, std::chrono::days{30}, Priority::low},
};

const db::Query start_sql{"journeys.start", R"sql(
    insert into journeys (account_id, id, contact_id, template, status, created_at) values ($1, $2, $3, 'new_client', 'in_progress', $4)
)sql"};

const db::Query steps_sql{"journeys.steps", R"sql(
    insert into tasks (account_id, id, contact_id, journey_id, followup_type, scheduled_for, status, priority, created_at, updated_at)
    select $1, s.id, $2, $3, s.type, s.at, 'pending', s.priority, $8, $8
    from unnest($4::uuid[], $5::text[], $6::timestamptz[], $7::text[]) as s (id, type, at, priority)
)sql"};

const db::Query stop_tasks_sql{"journeys.stop_tasks", R"sql(
    update tasks set status = 'skipped', reason = $3, held_until = null, failed_at = null, updated_at = $4, version = version + 1
    where account_id = $1 and contact_id = any ($2) and status = 'pending' and mode <> 'manual' and deleted_at is null
        and not exists (
            select from messages m where m.account_id = $1 and m.task_id = tasks.id and m.dispatch in ('sending', 'ambiguous')
        )
    returning contact_id
)sql"};

// An e-mail that waits for its turn has no cause any more.
const db::Query stop_messages_sql{"journeys.stop_messages", R"sql(
    update messages set status = 'failed', dispatch = 'done', error_message = 'Not sent: ' || $3 || '.'
    where account_id = $1 and contact_id = any ($2) and class = 'followup' and dispatch = 'waiting'
)sql"};

const db::Query stop_sql{"journeys.stop", R"sql(
    update journeys set status = 'stopped', ended_at = $4, end_reason = $3
    where account_id = $1 and contact_id = any ($2) and status = 'in_progress'
)sql"};

const db::Query resume_tasks_sql{"journeys.resume_tasks", R"sql(
    update tasks set status = 'pending', reason = null, dispatched_at = null, updated_at = $4, version = version + 1
    where account_id = $1 and contact_id = any ($2) and status = 'skipped' and reason = $3 and deleted_at is null and scheduled_for > $4
)sql"};

const db::Query resume_sql{"journeys.resume", R"sql(
    update journeys set status = 'in_progress', ended_at = null, end_reason = null
    where account_id = $1 and contact_id = any ($2) and status = 'stopped' and end_reason = $3
)sql"};

} // namespace

Task<> Journeys::start(db::Session& tx, Context& ctx, Id<Client> contact, Time created_at) {
    auto journey_id = Uuid::v7(created_at);
    std::vector<Uuid> ids;
    std::vector<FollowupType> types;
    std::vector<Time> times;
    std::vector<Priority> priorities;
    for (auto& step : new_client) {
        ids.push_back(Uuid::v7(created_at));
        types.push_back(step.type);
        times.push_back(created_at + step.offset);
        priorities.push_back(step.priority);
    }
    tx.queue(start_sql, ctx.account_id, journey_id, contact, created_at);
    tx.queue(steps_sql, ctx.account_id, contact, journey_id, ids, types, times, priorities, created_at);
    events_.record(tx, ctx, {.kind = "follow_ups_started", .contact_id = contact.value, .data = Json{R"({"steps":5})"}});
    co_return;
}

Task<> Journeys::stop(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason) {
    if (contacts.empty()) co_return;
    auto now = ctx.now();
    auto stopped = co_await tx.all<Uuid>(stop_tasks_sql, ctx.account_id, contacts, reason, now);
    tx.queue(stop_messages_sql, ctx.account_id, contacts, reason);
    tx.queue(stop_sql, ctx.account_id, contacts, reason, now);
    std::map<Uuid, int> counts;
    for (auto& contact : stopped) ++counts[contact];
    for (auto& [contact, count] : counts) {
        Json data{R"({"reason":)" + json_quote(reason) + R"(,"tasks":)" + std::to_string(count) + "}"};
        events_.record(tx, ctx, {.kind = "follow_ups_stopped", .contact_id = contact, .data = std::move(data)});
    }
}

Task<> Journeys::resume(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason) {
    if (contacts.empty()) co_return;
    tx.queue(resume_tasks_sql, ctx.account_id, contacts, reason, ctx.now());
    tx.queue(resume_sql, ctx.account_id, contacts, reason);
}

} // namespace doorstep::journeys
