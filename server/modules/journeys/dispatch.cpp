// Which tasks are due, and what became of those whose jobs are gone.
#include "core/log.hpp"
#include "modules/journeys/task_sql.hpp"

namespace doorstep::journeys {

const db::Query free_tasks_sql{"tasks.free", R"sql(
    update tasks set dispatched_at = null where account_id = $1 and id = any ($2) and status = 'pending'
)sql"};

namespace {

const db::Query due_sql{"tasks.claim_due", R"sql(
    with due as (
        select account_id, id from tasks
        where status = 'pending' and (mode = 'automatic' or (mode = 'approve' and drafted_at is null)) and channel = 'email'
            and dispatched_at is null and failed_at is null and deleted_at is null and paused_at is null
            and scheduled_for <= $1 and (held_until is null or held_until <= $1)
        order by scheduled_for
        limit $2
        for update skip locked
    )
    update tasks t set dispatched_at = $1 from due where t.account_id = due.account_id and t.id = due.id
    returning t.account_id, t.id
)sql"};

// Dispatched a while ago and no job of theirs is left: its end was not recorded (a killed worker, a job discarded by hand).
const db::Query stranded_sql{"tasks.stranded", R"sql(
    select t.account_id, t.id, exists (
        select from app.jobs j where j.account_id = t.account_id and j.unique_key = t.id::text and j.kind = 'journeys.follow_up'
            and j.state = 'dead'
    ) as dead
    from tasks t
    where t.status = 'pending' and t.failed_at is null and t.deleted_at is null and t.dispatched_at < $1::timestamptz - interval '10 minutes'
        and not exists (
            select from app.jobs j where j.account_id = t.account_id and j.unique_key = t.id::text and j.kind = 'journeys.follow_up'
                and j.state <> 'dead'
        )
        and not exists (
            select from messages m where m.account_id = t.account_id and m.task_id = t.id and m.dispatch in ('sending', 'ambiguous')
        )
    limit 500
)sql"};

struct TaskKey {
    Uuid account_id;
    Uuid id;
    BOOST_DESCRIBE_CLASS(TaskKey, (), (account_id, id), (), ())
};

struct Stranded {
    Uuid account_id;
    Uuid id;
    bool dead = false;
    BOOST_DESCRIBE_CLASS(Stranded, (), (account_id, id, dead), (), ())
};

constexpr std::int64_t batch = 500;

} // namespace

Task<std::int64_t> Journeys::dispatch_due(Context& job) {
    Context everyone = job;
    everyone.all_accounts = true;
    auto body = [&](db::Session& tx) -> Task<std::int64_t> {
        auto due = co_await tx.all<TaskKey>(due_sql, job.now(), batch);
        Context owner = everyone;
        for (auto& task : due) {
            owner.account_id = task.account_id;
            jobs::enqueue(tx, owner, FollowUp{task.id}, {.unique_key = task.id.text()});
        }
        co_return std::int64_t(due.size());
    };
    std::int64_t total = 0;
    while (true) {
        auto count = co_await db_.transaction(everyone, body);
        total += count;
        if (count < batch) co_return total;
    }
}

Task<> Journeys::reconcile(Context& job) {
    Context everyone = job;
    everyone.all_accounts = true;
    auto stranded = co_await db_.all<Stranded>(everyone, stranded_sql, job.now());
    for (auto& task : stranded) {
        Context owner = job;
        owner.account_id = task.account_id;
        if (task.dead) {
            co_await give_up(owner, task.id, "The follow-up failed several times. Look at it and try again.");
        } else {
            co_await db_.exec(owner, free_tasks_sql, task.account_id, std::vector{task.id});
        }
        log::warn(
            "a stranded task was found", {{"account", task.account_id.text()}, {"task", task.id.text()}, {"dead", task.dead}}
        );
    }
}

} // namespace doorstep::journeys
