// What people do with a journey that is under way.
#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

const db::Query pause_sql{"journeys.pause", R"sql(
    update journeys set status = 'paused', paused_at = $3 where account_id = $1 and id = $2 and status = 'in_progress'
    returning contact_id
)sql"};

const db::Query pause_tasks_sql{"journeys.pause_tasks", R"sql(
    update tasks set paused_at = $3, updated_at = $3, version = version + 1
    where account_id = $1 and journey_id = $2 and status = 'pending' and deleted_at is null
)sql"};

const db::Query state_sql{"journeys.state", R"sql(
    select contact_id, status, paused_at, end_reason from journeys where account_id = $1 and id = $2 for update
)sql"};

const db::Query go_on_sql{"journeys.go_on", R"sql(
    update journeys set status = 'in_progress', paused_at = null, ended_at = null, end_reason = null,
        anchor = anchor + case when paused_at is null then interval '0' else $3 - paused_at end
    where account_id = $1 and id = $2
)sql"};

const db::Query shift_tasks_sql{"journeys.shift_tasks", R"sql(
    update tasks t set scheduled_for = t.scheduled_for + ($3 - j.paused_at), paused_at = null, held_until = null,
        dispatched_at = null, updated_at = $3, version = t.version + 1
    from journeys j
    where j.account_id = $1 and j.id = $2 and t.account_id = $1 and t.journey_id = $2 and t.status = 'pending' and t.deleted_at is null
)sql"};

const db::Query revive_tasks_sql{"journeys.revive_tasks", R"sql(
    update tasks set status = 'pending', reason = null, dispatched_at = null, updated_at = $4, version = version + 1
    where account_id = $1 and journey_id = $2 and status = 'skipped' and reason = $3 and deleted_at is null and scheduled_for > $4
)sql"};

const db::Query end_sql{"journeys.end", R"sql(
    update journeys set status = 'stopped', paused_at = null, ended_at = $4, end_reason = $3
    where account_id = $1 and id = $2 and ended_at is null
    returning contact_id
)sql"};

const db::Query end_tasks_sql{"journeys.end_tasks", R"sql(
    update tasks set status = 'skipped', reason = $3, held_until = null, failed_at = null, paused_at = null, updated_at = $4,
        version = version + 1
    where account_id = $1 and journey_id = $2 and status = 'pending' and deleted_at is null
        and not exists (
            select from messages m where m.account_id = $1 and m.task_id = tasks.id and m.dispatch in ('sending', 'ambiguous')
        )
)sql"};

const db::Query end_messages_sql{"journeys.end_messages", R"sql(
    update messages m set status = 'failed', dispatch = 'done', error_message = 'Not sent: ' || $3 || '.'
    from tasks t
    where t.account_id = $1 and t.journey_id = $2 and m.account_id = $1 and m.task_id = t.id and m.class = 'followup'
        and m.dispatch = 'waiting'
)sql"};

const db::Query living_sql{"journeys.living", R"sql(
    select unsubscribed_at is not null from contacts where account_id = $1 and id = $2 and deleted_at is null for update
)sql"};

struct State {
    Uuid contact_id;
    JourneyStatus status = JourneyStatus::in_progress;
    std::optional<Time> paused_at;
    std::optional<std::string> end_reason;
    BOOST_DESCRIBE_CLASS(State, (), (contact_id, status, paused_at, end_reason), (), ())
};

constexpr auto by_hand = "stopped by hand";

Error already_running() {
    return conflict("already_running", "This plan is under way with the person already.");
}

} // namespace

Task<Journey> Journeys::begin(Context& ctx, Id<Client> client, const NewJourney& input) {
    auto body = [&](db::Session& tx) -> Task<Id<Journey>> {
        auto plan = co_await templates_.require(tx, ctx, input.template_id);
        auto unsubscribed = co_await tx.maybe<bool>(living_sql, ctx.account_id, client);
        if (!unsubscribed) throw not_found("client");
        if (*unsubscribed) throw conflict("unsubscribed", "This person wants no e-mails.");
        std::vector contacts{client};
        if (input.replace.value_or(true)) co_await stop(tx, ctx, contacts, "another plan has begun: " + plan.name);
        co_return co_await start_plan(tx, ctx, client, plan, ctx.now());
    };
    Id<Journey> id;
    try {
        id = co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        if (failure.unique_violation("journeys_template_key")) throw already_running();
        throw;
    }
    co_return co_await require_journey(ctx, id);
}

Task<Journey> Journeys::pause(Context& ctx, Id<Journey> id) {
    co_await require_journey(ctx, id);
    auto body = [&](db::Session& tx) -> Task<> {
        auto contact = co_await tx.maybe<Uuid>(pause_sql, ctx.account_id, id, ctx.now());
        if (!contact) throw conflict("not_running", "Only a journey in progress can be paused.");
        co_await tx.exec(pause_tasks_sql, ctx.account_id, id, ctx.now());
        events_.record(tx, ctx, {.kind = "follow_ups_paused", .contact_id = *contact});
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_journey(ctx, id);
}

Task<Journey> Journeys::go_on(Context& ctx, Id<Journey> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto state = co_await tx.maybe<State>(state_sql, ctx.account_id, id);
        if (!state) throw not_found("journey");
        if (state->status == JourneyStatus::paused) {
            co_await tx.exec(shift_tasks_sql, ctx.account_id, id, ctx.now());
            co_await tx.exec(go_on_sql, ctx.account_id, id, ctx.now());
        } else if (state->status == JourneyStatus::stopped) {
            auto back = co_await revive(tx, ctx, id, *state->end_reason);
            if (!back) throw conflict("nothing_left", "All steps of this journey lie in the past.");
        } else {
            throw conflict("not_paused", "Only a paused or stopped journey can go on.");
        }
        events_.record(tx, ctx, {.kind = "follow_ups_resumed", .contact_id = state->contact_id});
    };
    try {
        co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        if (failure.unique_violation("journeys_template_key")) throw already_running();
        throw;
    }
    co_return co_await require_journey(ctx, id);
}

Task<bool> Journeys::revive(db::Session& tx, Context& ctx, Id<Journey> id, const std::string& reason) {
    auto back = co_await tx.exec(revive_tasks_sql, ctx.account_id, id, reason, ctx.now());
    if (back > 0) co_await tx.exec(go_on_sql, ctx.account_id, id, ctx.now());
    co_return back > 0;
}

Task<Journey> Journeys::end(Context& ctx, Id<Journey> id, const StopRequest& request) {
    co_await require_journey(ctx, id);
    std::string reason = request.reason ? request.reason->value : by_hand;
    auto body = [&](db::Session& tx) -> Task<> {
        auto ended = co_await end(tx, ctx, id, reason);
        if (!ended) throw conflict("not_running", "This journey has ended already.");
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_journey(ctx, id);
}

Task<bool> Journeys::end(db::Session& tx, Context& ctx, Id<Journey> id, const std::string& reason) {
    auto contact = co_await tx.maybe<Uuid>(end_sql, ctx.account_id, id, reason, ctx.now());
    if (!contact) co_return false;
    auto count = co_await tx.exec(end_tasks_sql, ctx.account_id, id, reason, ctx.now());
    tx.queue(end_messages_sql, ctx.account_id, id, reason);
    Json data{R"({"reason":)" + json_quote(reason) + R"(,"tasks":)" + std::to_string(count) + "}"};
    events_.record(tx, ctx, {.kind = "follow_ups_stopped", .contact_id = *contact, .data = std::move(data)});
    co_return true;
}

} // namespace doorstep::journeys
