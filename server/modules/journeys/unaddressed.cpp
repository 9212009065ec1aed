// E-mails to people who have no address: a person's work, until there is one.
#include <set>

#include "modules/journeys/task_sql.hpp"

namespace doorstep::journeys {

namespace {

constexpr auto why = "No e-mail address: call, or add one.";
constexpr auto why_not_sent = "There was no e-mail address when it fell due.";

// Whoever gives the person an address holds this lock.
const db::Query lock_client_sql{
    "tasks.lock_addressee", "select email is null from contacts where account_id = $1 and id = $2 for no key update"
};

const db::Query hand_over_sql{"tasks.hand_to_person", R"sql(
    update tasks set addressed_mode = mode, mode = 'manual', reason = $3, dispatched_at = null, held_until = null, failed_at = null,
        updated_at = $4, version = version + 1
    where account_id = $1 and id = $2 and status = 'pending' and mode <> 'manual'
    returning contact_id
)sql"};

// What fell due long ago says nothing any more: it stays with the person, who can still write.
const db::Query addressed_sql{"tasks.addressed", R"sql(
    update tasks set
        mode = case when scheduled_for > $3::timestamptz - interval '7 days' then addressed_mode else mode end,
        reason = case when scheduled_for > $3::timestamptz - interval '7 days' then null else $4 end,
        addressed_mode = null, updated_at = $3, version = version + 1
    where account_id = $1 and contact_id = any ($2) and addressed_mode is not null and status = 'pending' and deleted_at is null
    returning contact_id
)sql"};

} // namespace

Task<> Journeys::hand_to_person(Context& ctx, const FollowUpTask& task) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto addressless = co_await tx.maybe<bool>(lock_client_sql, ctx.account_id, task.client_id);
        if (!addressless.value_or(true)) {
            co_await tx.exec(free_tasks_sql, ctx.account_id, std::vector{task.id.value});
            co_return;
        }
        auto contact = co_await tx.maybe<Uuid>(hand_over_sql, ctx.account_id, task.id, why, ctx.now());
        if (contact) events_.record(tx, ctx, {.kind = "task_handed_over", .contact_id = *contact, .task_id = task.id.value});
    };
    co_await db_.transaction(ctx, body);
}

Task<> Journeys::addressed(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts) {
    auto waited = co_await tx.all<Uuid>(addressed_sql, ctx.account_id, contacts, ctx.now(), why_not_sent);
    std::set<Uuid> people(waited.begin(), waited.end());
    events_.record_many(tx, ctx, "follow_ups_resumed", {people.begin(), people.end()}, {});
}

} // namespace doorstep::journeys
