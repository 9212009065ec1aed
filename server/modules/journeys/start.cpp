#include <map>

#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

constexpr auto closed_reason = "the deal is closed";
constexpr auto lost_reason = "the client is lost";

const db::Query start_sql{"journeys.start", R"sql(
    insert into journeys (account_id, id, contact_id, template_id, template, status, created_at, anchor)
    values ($1, $2, $3, $4, $5, 'in_progress', $6, $7)
)sql"};

const db::Query steps_sql{"journeys.steps", R"sql(
    insert into tasks (account_id, id, contact_id, journey_id, step_id, title, followup_type, scheduled_for, status, priority,
        channel, mode, notes, reason, letter_id, created_at, updated_at)
    select $1, s.id, $2, $3, s.step, nullif(s.title, ''), s.type, s.at, 'pending', s.priority, s.channel, s.mode,
        nullif(s.notes, ''), nullif(s.reason, ''), nullif(s.letter, '')::uuid, $15, $15
    from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::text[], $11::text[],
        $12::text[], $13::text[], $14::text[]) as s (id, step, title, type, at, priority, channel, mode, notes, reason, letter)
)sql"};

// A person's own tasks stay; those of a journey go with it.
const db::Query stop_tasks_sql{"journeys.stop_tasks", R"sql(
    update tasks set status = 'skipped', reason = $3, held_until = null, failed_at = null, paused_at = null, updated_at = $4,
        version = version + 1
    where account_id = $1 and contact_id = any ($2) and status = 'pending' and (mode <> 'manual' or journey_id is not null)
        and deleted_at is null
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
    update journeys set status = 'stopped', ended_at = $4, end_reason = $3, paused_at = null
    where account_id = $1 and contact_id = any ($2) and ended_at is null
)sql"};

const db::Query resume_tasks_sql{"journeys.resume_tasks", R"sql(
    update tasks set status = 'pending', reason = null, dispatched_at = null, updated_at = $4, version = version + 1
    where account_id = $1 and contact_id = any ($2) and status = 'skipped' and reason = $3 and deleted_at is null and scheduled_for > $4
)sql"};

const db::Query resume_sql{"journeys.resume", R"sql(
    update journeys j set status = 'in_progress', ended_at = null, end_reason = null
    where account_id = $1 and contact_id = any ($2) and status = 'stopped' and end_reason = $3
        and exists (select from tasks t where t.account_id = $1 and t.journey_id = j.id and t.status = 'pending' and t.deleted_at is null)
        and not exists (
            select from journeys o
            where o.account_id = $1 and o.contact_id = j.contact_id and o.template_id = j.template_id and o.ended_at is null
        )
)sql"};

std::optional<std::string> ending(contacts::Stage stage) {
    if (stage == contacts::Stage::closed) return closed_reason;
    if (stage == contacts::Stage::lost) return lost_reason;
    return std::nullopt;
}

} // namespace

Task<Id<Journey>> Journeys::start_plan(
    db::Session& tx, Context& ctx, Id<Client> contact, const JourneyTemplate& plan, Time anchor
) {
    auto now = ctx.now();
    auto id = Id<Journey>::make(now);
    std::vector<Uuid> ids, steps;
    std::vector<std::string> titles, notes, reasons, letters;
    std::vector<FollowupType> types;
    std::vector<Time> times;
    std::vector<Priority> priorities;
    std::vector<Channel> channels;
    std::vector<Mode> modes;
    for (auto& step : plan.steps) {
        ids.push_back(Uuid::v7(now));
        steps.push_back(step.id);
        titles.push_back(step.title());
        types.push_back(step.followup_type);
        times.push_back(anchor + std::chrono::minutes(step.offset_minutes));
        priorities.push_back(step.priority);
        channels.push_back(step.channel);
        modes.push_back(step.practical_mode());
        notes.push_back(step.instructions.value_or(""));
        reasons.push_back(step.manual_reason.value_or(""));
        letters.push_back(step.letter_id ? step.letter_id->text() : std::string());
    }
    tx.queue(start_sql, ctx.account_id, id, contact, plan.id, plan.name, now, anchor);
    tx.queue(
        steps_sql, ctx.account_id, contact, id, ids, steps, titles, types, times, priorities, channels, modes, notes, reasons,
        letters, now
    );
    Json data{R"({"steps":)" + std::to_string(plan.steps.size()) + R"(,"plan":)" + json_quote(plan.name) + "}"};
    events_.record(tx, ctx, {.kind = "follow_ups_started", .contact_id = contact.value, .data = std::move(data)});
    co_return id;
}

Task<> Journeys::start(db::Session& tx, Context& ctx, Id<Client> contact, contacts::Stage stage, Time created_at) {
    auto plan = co_await templates_.find_for(tx, ctx, Starts::new_client, stage);
    if (plan) co_await start_plan(tx, ctx, contact, *plan, created_at);
}

Task<> Journeys::moved(db::Session& tx, Context& ctx, Id<Client> contact, contacts::Stage from, contacts::Stage to) {
    std::vector contacts{contact};
    if (auto reason = ending(to)) {
        co_await stop(tx, ctx, contacts, *reason);
    } else if (auto over = ending(from)) {
        co_await resume(tx, ctx, contacts, *over);
    }
    auto plan = co_await templates_.find_for(tx, ctx, Starts::stage_entered, to);
    if (!plan) co_return;
    co_await stop(tx, ctx, contacts, "another plan has begun: " + plan->name);
    co_await start_plan(tx, ctx, contact, *plan, ctx.now());
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
    co_await tx.exec(resume_tasks_sql, ctx.account_id, contacts, reason, ctx.now());
    tx.queue(resume_sql, ctx.account_id, contacts, reason);
}

} // namespace doorstep::journeys
