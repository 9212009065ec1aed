#include <map>

#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

constexpr auto closed_reason = "the deal is closed";
constexpr auto lost_reason = "the client is lost";
constexpr auto back_reason = "back at an earlier stage";

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

// Of several that ended for the same reason and are of the same plan, the latest: a person has a plan once.
const db::Query resume_sql{"journeys.resume", R"sql(
    update journeys j set status = 'in_progress', ended_at = null, end_reason = null
    where j.account_id = $1 and j.id = any (array(
        select distinct on (s.contact_id, s.template_id) s.id from journeys s
        where s.account_id = $1 and s.contact_id = any ($2) and s.status = 'stopped' and s.end_reason = $3
            and ($5::timestamptz is null or s.ended_at >= $5)
            and exists (
                select from tasks t
                where t.account_id = $1 and t.journey_id = s.id and t.status = 'skipped' and t.reason = $3 and t.deleted_at is null
                    and t.scheduled_for > $4
            )
            and not exists (
                select from journeys o
                where o.account_id = $1 and o.contact_id = s.contact_id and o.template_id = s.template_id and o.ended_at is null
            )
        order by s.contact_id, s.template_id, s.ended_at desc, s.id
    ))
)sql"};

const db::Query resume_tasks_sql{"journeys.resume_tasks", R"sql(
    update tasks t set status = 'pending', reason = null, dispatched_at = null, updated_at = $4, version = version + 1
    where t.account_id = $1 and t.contact_id = any ($2) and t.status = 'skipped' and t.reason = $3 and t.deleted_at is null
        and t.scheduled_for > $4 and case
            when t.journey_id is null then $5::timestamptz is null or t.updated_at >= $5
            else exists (select from journeys j where j.account_id = $1 and j.id = t.journey_id and j.ended_at is null)
        end
)sql"};

const db::Query of_plan_sql{"journeys.of_plan", R"sql(
    select id from journeys where account_id = $1 and contact_id = $2 and template_id = $3 and ended_at is null
)sql"};

const db::Query left_sql{"journeys.left", R"sql(
    select id from journeys
    where account_id = $1 and contact_id = $2 and template_id = $3 and status = 'stopped' and end_reason = $4
    order by ended_at desc, id limit 1
)sql"};

std::optional<std::string> ending(contacts::Stage stage) {
    if (stage == contacts::Stage::closed) return closed_reason;
    if (stage == contacts::Stage::lost) return lost_reason;
    return std::nullopt;
}

std::string displaced_by(const JourneyTemplate& plan) {
    return "another plan has begun: " + plan.name;
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
    } else {
        auto begun = to < from ? co_await templates_.find_for(tx, ctx, Starts::stage_entered, from) : std::nullopt;
        if (begun) co_await take_back(tx, ctx, contact, *begun);
        if (auto over = ending(from)) co_await resume(tx, ctx, contacts, *over, std::nullopt);
    }
    auto plan = co_await templates_.find_for(tx, ctx, Starts::stage_entered, to);
    if (!plan) co_return;
    auto running = co_await tx.maybe<Id<Journey>>(of_plan_sql, ctx.account_id, contact, plan->id);
    if (running) co_return; // they have it again, having been here before
    co_await stop(tx, ctx, contacts, displaced_by(*plan));
    // The undo of a move back: what was sent is not sent again.
    auto left = co_await tx.maybe<Id<Journey>>(left_sql, ctx.account_id, contact, plan->id, std::string(back_reason));
    if (left && co_await revive(tx, ctx, *left, back_reason)) co_return;
    co_await start_plan(tx, ctx, contact, *plan, ctx.now());
}

Task<> Journeys::take_back(db::Session& tx, Context& ctx, Id<Client> contact, const JourneyTemplate& plan) {
    auto running = co_await tx.maybe<Id<Journey>>(of_plan_sql, ctx.account_id, contact, plan.id);
    if (!running) co_return;
    co_await end(tx, ctx, *running, back_reason);
    std::vector contacts{contact};
    co_await resume(tx, ctx, contacts, displaced_by(plan), std::nullopt);
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

Task<> Journeys::resume(
    db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason, std::optional<Time> since
) {
    if (contacts.empty()) co_return;
    co_await tx.exec(resume_sql, ctx.account_id, contacts, reason, ctx.now(), since);
    co_await tx.exec(resume_tasks_sql, ctx.account_id, contacts, reason, ctx.now(), since);
}

} // namespace doorstep::journeys
