#include "core/log.hpp"
#include "modules/journeys/task_sql.hpp"

namespace doorstep::journeys {

namespace {

using jobs::Outcome;
using messages::Delivery;

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

const db::Query load_sql{
    "tasks.load",
    "select" TASK_COLUMNS ", t.pressed_at is not null as pressed, d.subject as draft_subject, d.body as draft_body,"
    " d.source as draft_source from " TASK_TABLES "left join task_drafts d on d.account_id = t.account_id and d.task_id = t.id "
    "where t.account_id = $1 and t.id = $2 and t.deleted_at is null and t.status = 'pending' and t.failed_at is null"
    " and t.paused_at is null"
};

const db::Query hold_sql{"tasks.hold", R"sql(
    update tasks set held_until = $3, reason = $4, dispatched_at = null, updated_at = $5
    where account_id = $1 and id = $2 and status = 'pending'
)sql"};

const db::Query skip_sql{"tasks.skip", R"sql(
    update tasks set status = 'skipped', reason = $3, failed_at = null, updated_at = $4, version = version + 1
    where account_id = $1 and id = $2 and status = 'pending'
)sql"};

const db::Query mailed_sql{"tasks.mailed", R"sql(
    update tasks set status = 'completed', completed_at = $4, message_id = $3, reason = null, held_until = null, failed_at = null,
        updated_at = $4, version = version + 1
    where account_id = $1 and id = $2 and message_id is null
    returning contact_id
)sql"};

const db::Query failed_sql{"tasks.failed", R"sql(
    update tasks set failed_at = $4, reason = $3, updated_at = $4, version = version + 1
    where account_id = $1 and id = $2 and status = 'pending' and failed_at is null
    returning contact_id
)sql"};

const db::Query occasion_sql{
    "tasks.occasion", "select" TASK_COLUMNS "from " TASK_TABLES
                      "where t.account_id = $1 and t.id = $2 and t.contact_id = $3 and t.deleted_at is null"
};

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

const db::Query free_sql{"tasks.free", R"sql(
    update tasks set dispatched_at = null where account_id = $1 and id = $2 and status = 'pending'
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

/// A task with what its e-mail is made of, where a person has had a say already.
struct Journeys::DueTask : FollowUpTask {
    bool pressed = false;
    std::optional<std::string> draft_subject;
    std::optional<std::string> draft_body;
    std::optional<messages::Source> draft_source;
    BOOST_DESCRIBE_CLASS(DueTask, (FollowUpTask), (pressed, draft_subject, draft_body, draft_source), (), ())
};

Task<Outcome> Journeys::follow_up(Context& ctx, const jobs::Run& run, Uuid task_id) {
    auto task = co_await db_.maybe<DueTask>(ctx, load_sql, ctx.account_id, task_id);
    if (!task) co_return Outcome::done();         // completed, skipped, paused or deleted meanwhile
    bool later = task->scheduled_for > ctx.now(); // rescheduled while its job waited
    if (later || task->drafted) {
        co_await db_.exec(ctx, free_sql, ctx.account_id, task_id);
        co_return Outcome::done();
    }
    if (task->mode == Mode::approve) {
        co_await draft(ctx, *task);
        co_return Outcome::done();
    }
    auto delivery = co_await deliver(ctx, run, *task);
    switch (delivery.kind) {
    case Delivery::Kind::later: co_return Outcome::retry(delivery.reason, delivery.until);
    case Delivery::Kind::held:
        co_await db_.exec(ctx, hold_sql, ctx.account_id, task_id, delivery.until, "Held: " + delivery.reason + ".", ctx.now());
        break;
    case Delivery::Kind::needs_person: co_await hand_to_person(ctx, *task); break;
    case Delivery::Kind::refused: co_await skip(ctx, *task, delivery.reason); break;
    case Delivery::Kind::sent:
    case Delivery::Kind::failed:
    case Delivery::Kind::unsettled: break; // recorded with the message
    }
    co_return Outcome::done();
}

Task<Delivery> Journeys::deliver(Context& ctx, const jobs::Run& run, const DueTask& task) {
    messages::NewEmail email{
        .cause_key = "task:" + task.id.text(),
        .client_id = task.client_id,
        .occasion = occasion_of(task),
        .class_ = task.pressed ? messages::Class::personal : messages::Class::followup,
    };
    auto existing = co_await messages_.find_by_cause(ctx, email.cause_key);
    if (existing) co_return co_await messages_.deliver(ctx, run, *existing);
    // Asked before the letter is written: what may not go costs no AI, and is written with tomorrow's facts.
    auto verdict = co_await messages_.check(ctx, email);
    if (verdict.kind == messages::Verdict::Kind::hold) co_return Delivery{Delivery::Kind::held, verdict.reason, verdict.until};
    if (verdict.kind == messages::Verdict::Kind::refuse) co_return Delivery{Delivery::Kind::refused, verdict.reason, {}};
    if (verdict.kind == messages::Verdict::Kind::needs_person)
        co_return Delivery{Delivery::Kind::needs_person, verdict.reason, {}};
    if (task.draft_subject) {
        email.subject = *task.draft_subject;
        email.text = *task.draft_body;
        email.source = *task.draft_source;
    } else {
        auto client = co_await contacts_.require(ctx, task.client_id);
        auto draft = co_await messages_.write(ctx, client, email.occasion, {});
        email.subject = std::move(draft.subject);
        email.text = std::move(draft.text);
        email.source = source_of(draft.source);
    }
    co_return co_await messages_.deliver(ctx, run, email);
}

Task<> Journeys::draft(Context& ctx, const DueTask& task) {
    messages::NewEmail email{.cause_key = "task:" + task.id.text(), .client_id = task.client_id, .occasion = occasion_of(task)};
    auto verdict = co_await messages_.check(ctx, email);
    if (verdict.kind == messages::Verdict::Kind::refuse) {
        co_await skip(ctx, task, verdict.reason);
        co_return;
    }
    if (verdict.kind == messages::Verdict::Kind::needs_person) {
        co_await hand_to_person(ctx, task);
        co_return;
    }
    auto client = co_await contacts_.require(ctx, task.client_id);
    auto draft = co_await messages_.write(ctx, client, email.occasion, {});
    co_await save_draft(ctx, task.id.value, draft);
}

Task<> Journeys::skip(Context& ctx, const FollowUpTask& task, std::string reason) {
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(skip_sql, ctx.account_id, task.id, reason, ctx.now());
        co_await finish_journey(tx, ctx, task.id.value);
        Json data{R"({"reason":)" + json_quote(reason) + "}"};
        events_.record(
            tx, ctx, {.kind = "task_skipped", .contact_id = task.client_id.value, .task_id = task.id.value, .data = data}
        );
    };
    co_await db_.transaction(ctx, body);
}

Task<messages::Occasion> Journeys::require_occasion(Context& ctx, Uuid task_id, Id<Client> client) {
    auto task = co_await db_.maybe<FollowUpTask>(ctx, occasion_sql, ctx.account_id, task_id, client);
    if (!task) throw not_found("task of this client");
    co_return occasion_of(*task);
}

Task<> Journeys::mailed(db::Session& tx, Context& ctx, Uuid task_id, Id<messages::EmailSummary> message, Time at) {
    auto contact = co_await tx.maybe<Uuid>(mailed_sql, ctx.account_id, task_id, message, at);
    if (!contact) co_return;
    co_await finish_journey(tx, ctx, task_id);
    events_.record(
        tx, ctx, {.kind = "task_completed", .contact_id = *contact, .task_id = task_id, .message_id = message.value}
    );
}

Task<> Journeys::mail_failed(db::Session& tx, Context& ctx, Uuid task_id, std::string reason) {
    auto contact = co_await tx.maybe<Uuid>(failed_sql, ctx.account_id, task_id, reason, ctx.now());
    if (!contact) co_return;
    Json data{R"({"reason":)" + json_quote(reason) + "}"};
    events_.record(tx, ctx, {.kind = "task_failed", .contact_id = *contact, .task_id = task_id, .data = std::move(data)});
}

Task<> Journeys::give_up(Context& ctx, Uuid task_id, std::string reason) {
    auto body = [&](db::Session& tx) { return mail_failed(tx, ctx, task_id, reason); };
    co_await db_.transaction(ctx, body);
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
            co_await db_.exec(owner, free_sql, task.account_id, task.id);
        }
        log::warn(
            "a stranded task was found", {{"account", task.account_id.text()}, {"task", task.id.text()}, {"dead", task.dead}}
        );
    }
}

} // namespace doorstep::journeys
