// An edited plan reaches the journeys that are under way, ahead of each person's position and nowhere else.
#include <map>

#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

const db::Query batch_sql{"journeys.to_apply", R"sql(
    select id from journeys where account_id = $1 and template_id = $2 and ended_at is null and id > $3 order by id limit $4
)sql"};

// Where each person is: after what is done, due or under way. A journey that stands still stands at the moment of its pause.
#define POSITIONS                                                                                                          \
    "with positions as ("                                                                                                  \
    " select j.id, j.contact_id, j.anchor, j.paused_at, greatest(coalesce(j.paused_at, $3), max(t.scheduled_for) filter (" \
    "   where t.status = 'completed' or t.dispatched_at is not null)) as at"                                               \
    " from journeys j left join tasks t on t.account_id = j.account_id and t.journey_id = j.id and t.deleted_at is null"   \
    " where j.account_id = $1 and j.id = any ($2) and j.ended_at is null group by j.account_id, j.id"                      \
    ")"
#define AHEAD                                                                                                         \
    "t.account_id = $1 and t.journey_id = p.id and t.status = 'pending' and not t.edited and t.dispatched_at is null" \
    " and t.failed_at is null and t.deleted_at is null and t.scheduled_for > p.at"
#define STEPS                                                                                                                 \
    "unnest($4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[]," \
    " $13::text[]) as s (id, title, type, minutes, priority, channel, mode, notes, reason, letter)"

const db::Query change_sql{"journeys.apply_changes", POSITIONS R"sql(
    update tasks t set title = nullif(s.title, ''), followup_type = s.type, priority = s.priority, channel = s.channel, mode = s.mode,
        notes = nullif(s.notes, ''), reason = nullif(s.reason, ''), letter_id = nullif(s.letter, '')::uuid,
        scheduled_for = p.anchor + s.minutes * interval '1 minute',
        held_until = null, updated_at = $3, version = t.version + 1
    from positions p cross join )sql" STEPS R"sql(
    where )sql" AHEAD R"sql( and t.step_id = s.id and t.drafted_at is null
        and (coalesce(t.title, ''), t.followup_type, t.priority, t.channel, t.mode, coalesce(t.notes, ''), coalesce(t.letter_id::text, ''),
             t.scheduled_for)
            is distinct from (s.title, s.type, s.priority, s.channel, s.mode, s.notes, s.letter, p.anchor + s.minutes * interval '1 minute')
    returning t.contact_id
)sql"};

const db::Query remove_sql{"journeys.apply_removals", POSITIONS R"sql(
    update tasks t set status = 'cancelled', reason = 'the step was taken out of the plan', updated_at = $3, version = t.version + 1
    from positions p
    where )sql" AHEAD R"sql( and t.step_id <> all ($4::uuid[])
    returning t.contact_id
)sql"};

const db::Query add_sql{"journeys.apply_additions", POSITIONS R"sql(
    insert into tasks (account_id, id, contact_id, journey_id, step_id, title, followup_type, scheduled_for, status, priority,
        channel, mode, notes, reason, letter_id, paused_at, created_at, updated_at)
    select $1, app.uuid_v7($3), p.contact_id, p.id, s.id, nullif(s.title, ''), s.type, p.anchor + s.minutes * interval '1 minute',
        'pending', s.priority, s.channel, s.mode, nullif(s.notes, ''), nullif(s.reason, ''),
        nullif(s.letter, '')::uuid, p.paused_at, $3, $3
    from positions p cross join )sql" STEPS R"sql(
    where p.anchor + s.minutes * interval '1 minute' > p.at
        and not exists (select from tasks t where t.account_id = $1 and t.journey_id = p.id and t.step_id = s.id)
    returning contact_id
)sql"};

const db::Query finish_sql{"journeys.apply_ends", R"sql(
    update journeys j set status = 'completed', ended_at = $3, end_reason = 'every step is done', paused_at = null
    where account_id = $1 and id = any ($2) and ended_at is null
        and not exists (select from tasks t where t.account_id = $1 and t.journey_id = j.id and t.status = 'pending' and t.deleted_at is null)
)sql"};

/// The plan's steps as columns.
struct Columns {
    std::vector<Uuid> ids;
    std::vector<std::string> titles, notes, reasons, letters;
    std::vector<FollowupType> types;
    std::vector<std::int64_t> minutes;
    std::vector<Priority> priorities;
    std::vector<Channel> channels;
    std::vector<Mode> modes;

    explicit Columns(const std::vector<Step>& steps) {
        for (auto& step : steps) {
            ids.push_back(step.id);
            titles.push_back(step.title());
            types.push_back(step.followup_type);
            minutes.push_back(step.offset_minutes);
            priorities.push_back(step.priority);
            channels.push_back(step.channel);
            modes.push_back(step.practical_mode());
            notes.push_back(step.instructions.value_or(""));
            reasons.push_back(step.manual_reason.value_or(""));
            letters.push_back(step.letter_id ? step.letter_id->text() : std::string());
        }
    }
};

constexpr std::int64_t batch = 200;

} // namespace

Task<std::int64_t> Journeys::apply_template(Context& ctx, Uuid template_id) {
    auto plan = co_await templates_.require(ctx, {template_id});
    Columns steps(plan.steps);
    std::int64_t total = 0;
    Uuid last;
    while (true) {
        auto ids = co_await db_.all<Uuid>(ctx, batch_sql, ctx.account_id, template_id, last, batch);
        if (ids.empty()) co_return total;
        last = ids.back();
        auto now = ctx.now();
        auto body = [&](db::Session& tx) -> Task<std::int64_t> {
            auto removed = co_await tx.all<Uuid>(remove_sql, ctx.account_id, ids, now, steps.ids);
            auto changed = co_await tx.all<Uuid>(
                change_sql, ctx.account_id, ids, now, steps.ids, steps.titles, steps.types, steps.minutes, steps.priorities,
                steps.channels, steps.modes, steps.notes, steps.reasons, steps.letters
            );
            auto added = co_await tx.all<Uuid>(
                add_sql, ctx.account_id, ids, now, steps.ids, steps.titles, steps.types, steps.minutes, steps.priorities,
                steps.channels, steps.modes, steps.notes, steps.reasons, steps.letters
            );
            tx.queue(finish_sql, ctx.account_id, ids, now);
            std::map<Uuid, int> counts;
            for (auto* contacts : {&removed, &changed, &added}) {
                for (auto& contact : *contacts) ++counts[contact];
            }
            for (auto& [contact, count] : counts) {
                Json data{R"({"plan":)" + json_quote(plan.name) + R"(,"tasks":)" + std::to_string(count) + "}"};
                events_.record(tx, ctx, {.kind = "follow_ups_changed", .contact_id = contact, .data = std::move(data)});
            }
            co_return std::int64_t(removed.size() + changed.size() + added.size());
        };
        total += co_await db_.transaction(ctx, body);
    }
}

} // namespace doorstep::journeys
