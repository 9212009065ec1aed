#include <iterator>
#include <map>

#include "core/together.hpp"
#include "modules/journeys/task_sql.hpp"

namespace doorstep::journeys {

namespace {

using jobs::Outcome;
using messages::Delivery;

const db::Query load_sql{
    "tasks.load",
    "select" TASK_COLUMNS ", t.pressed_at is not null as pressed, d.subject as draft_subject, d.body as draft_body,"
    " d.source as draft_source from " TASK_TABLES "left join task_drafts d on d.account_id = t.account_id and d.task_id = t.id "
    "where t.account_id = $1 and t.id = any ($2) and t.deleted_at is null and t.status = 'pending' and t.failed_at is null"
    " and t.paused_at is null"
};

const db::Query hold_sql{"tasks.hold", R"sql(
    update tasks t set held_until = h.until, reason = 'Held: ' || h.reason || '.', dispatched_at = null, updated_at = $5
    from unnest($2::uuid[], $3::timestamptz[], $4::text[]) as h (id, until, reason)
    where t.account_id = $1 and t.id = h.id and t.status = 'pending'
)sql"};

const db::Query skip_sql{"tasks.skip", R"sql(
    update tasks set status = 'skipped', reason = $3, failed_at = null, updated_at = $4, version = version + 1
    where account_id = $1 and id = $2 and status = 'pending'
)sql"};

const db::Query mailed_sql{"tasks.mailed", R"sql(
    update tasks t set status = 'completed', completed_at = d.at, message_id = d.message_id, reason = null, held_until = null,
        failed_at = null, updated_at = d.at, version = version + 1
    from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as d (task_id, message_id, at)
    where t.account_id = $1 and t.id = d.task_id and t.message_id is null
    returning t.id as task_id, t.contact_id, t.message_id
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

struct Completed {
    Uuid task_id;
    Uuid contact_id;
    Uuid message_id;
    BOOST_DESCRIBE_CLASS(Completed, (), (task_id, contact_id, message_id), (), ())
};

} // namespace

/// A task with what its e-mail is made of, where a person has had a say already.
struct Journeys::DueTask : FollowUpTask {
    bool pressed = false;
    std::optional<std::string> draft_subject;
    std::optional<std::string> draft_body;
    std::optional<messages::Source> draft_source;
    BOOST_DESCRIBE_CLASS(DueTask, (FollowUpTask), (pressed, draft_subject, draft_body, draft_source), (), ())
};

/// A task whose e-mail is to go now.
struct Journeys::Letter {
    std::size_t place; ///< of its run
    const DueTask* task;
    messages::NewEmail email;
    std::optional<Id<messages::EmailSummary>> made_id = {}; ///< it is in the store since an earlier run
    Delivery delivery = {};
};

Task<std::vector<Outcome>> Journeys::follow_up(
    Context& ctx, const std::vector<jobs::Run>& runs, const std::vector<Uuid>& task_ids
) {
    std::map<Uuid, std::size_t> places;
    std::vector<std::string> causes;
    for (std::size_t i = 0; i < task_ids.size(); ++i) {
        places[task_ids[i]] = i;
        causes.push_back(messages::cause_of_task(task_ids[i]));
    }
    // Those that are missing were completed, skipped, paused or deleted meanwhile.
    auto load = db::ask_all<DueTask>(load_sql, ctx.account_id, task_ids);
    auto [tasks] = co_await db_.together(ctx, db::Plan::by_index, std::move(load));
    auto known = co_await messages_.find_by_causes(ctx, causes);
    std::vector<Uuid> not_now;
    std::vector<Letter> fresh, made;
    std::vector<Task<>> drafts;
    for (const auto& task : tasks) {
        bool later = task.scheduled_for > ctx.now(); // rescheduled while its job waited
        if (later || task.drafted) {
            not_now.push_back(task.id.value);
        } else if (task.mode == Mode::approve) {
            drafts.push_back(draft(ctx, task));
        } else {
            messages::NewEmail email{
                .cause_key = messages::cause_of_task(task.id.value),
                .client_id = task.client_id,
                .occasion = occasion_of(task),
                .class_ = task.pressed ? messages::Class::personal : messages::Class::followup,
                .source = task.draft_source.value_or(messages::Source::template_),
                .subject = task.draft_subject.value_or(""),
                .text = task.draft_body.value_or(""),
            };
            Letter letter{.place = places.at(task.id.value), .task = &task, .email = std::move(email)};
            auto earlier = known.find(letter.email.cause_key);
            if (earlier != known.end()) letter.made_id = earlier->second;
            (letter.made_id ? made : fresh).push_back(std::move(letter));
        }
    }
    if (!not_now.empty()) co_await db_.exec(ctx, free_tasks_sql, ctx.account_id, not_now);
    co_await together(std::move(drafts));
    // Asked before the letters are written: what may not go costs no AI, and is written with tomorrow's facts.
    if (!fresh.empty()) co_await pass_gate(ctx, fresh);
    fresh.insert(fresh.end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
    if (!fresh.empty()) co_await deliver(ctx, runs, fresh);

    std::vector<Outcome> outcomes(task_ids.size(), Outcome::done());
    for (const auto& [place, task, email, made_id, delivery] : fresh) {
        if (delivery.kind == Delivery::Kind::later) outcomes[place] = Outcome::retry(delivery.reason, delivery.until);
    }
    co_return outcomes;
}

Task<> Journeys::pass_gate(Context& ctx, std::vector<Letter>& letters) {
    std::vector<messages::NewEmail> emails;
    for (const auto& letter : letters) emails.push_back(letter.email);
    auto verdicts = co_await messages_.check(ctx, emails);
    std::vector<const Letter*> held;
    std::vector<Letter> passed;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        auto& verdict = verdicts[i];
        switch (verdict.kind) {
        case messages::Verdict::Kind::allow: passed.push_back(std::move(letters[i])); break;
        case messages::Verdict::Kind::hold:
            letters[i].delivery = {Delivery::Kind::held, verdict.reason, verdict.until};
            held.push_back(&letters[i]);
            break;
        case messages::Verdict::Kind::needs_person: co_await hand_to_person(ctx, *letters[i].task); break;
        case messages::Verdict::Kind::refuse: co_await skip(ctx, *letters[i].task, verdict.reason); break;
        }
    }
    co_await hold(ctx, held);
    letters = std::move(passed);
}

Task<> Journeys::deliver(Context& ctx, const std::vector<jobs::Run>& runs, std::vector<Letter>& letters) {
    std::vector<messages::NewEmail> emails;
    std::vector<messages::Messages::Waiting> waiting;
    std::vector<jobs::Run> email_runs, waiting_runs;
    for (const auto& [place, task, email, made_id, delivery] : letters) {
        if (made_id) {
            waiting.push_back({*made_id, task->journey_id.has_value()});
            waiting_runs.push_back(runs[place]);
        } else {
            emails.push_back(email);
            email_runs.push_back(runs[place]);
        }
    }
    if (!emails.empty()) co_await messages_.write(ctx, emails);
    std::vector<Delivery> of_emails, of_waiting;
    if (!emails.empty()) of_emails = co_await messages_.deliver(ctx, email_runs, emails);
    if (!waiting.empty()) of_waiting = co_await messages_.deliver(ctx, waiting_runs, waiting);
    auto next_email = of_emails.begin();
    auto next_waiting = of_waiting.begin();
    std::vector<const Letter*> held;
    for (auto& letter : letters) {
        letter.delivery = std::move(letter.made_id ? *next_waiting++ : *next_email++);
        switch (letter.delivery.kind) {
        case Delivery::Kind::held: held.push_back(&letter); break;
        case Delivery::Kind::needs_person: co_await hand_to_person(ctx, *letter.task); break;
        case Delivery::Kind::refused: co_await skip(ctx, *letter.task, letter.delivery.reason); break;
        case Delivery::Kind::later: // its job tries again
        case Delivery::Kind::sent:
        case Delivery::Kind::failed:
        case Delivery::Kind::unsettled: break; // recorded with the message
        }
    }
    co_await hold(ctx, held);
}

Task<> Journeys::hold(Context& ctx, const std::vector<const Letter*>& letters) {
    if (letters.empty()) co_return;
    std::vector<Uuid> ids;
    std::vector<Time> times;
    std::vector<std::string> reasons;
    for (const auto* letter : letters) {
        ids.push_back(letter->task->id.value);
        times.push_back(letter->delivery.until.value_or(ctx.now() + std::chrono::minutes{15}));
        reasons.push_back(letter->delivery.reason);
    }
    co_await db_.exec(ctx, hold_sql, ctx.account_id, ids, times, reasons, ctx.now());
}

Task<> Journeys::draft(Context& ctx, const DueTask& task) {
    messages::NewEmail email{
        .cause_key = messages::cause_of_task(task.id.value), .client_id = task.client_id, .occasion = occasion_of(task)
    };
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
        finish_journeys(tx, ctx, {task.id.value});
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

Task<> Journeys::mailed(db::Session& tx, Context& ctx, std::vector<Mailed> done) {
    std::vector<Uuid> ids, messages;
    std::vector<Time> times;
    for (const auto& [task, message, at] : done) {
        ids.push_back(task);
        messages.push_back(message.value);
        times.push_back(at);
    }
    auto completed = co_await tx.all<Completed>(mailed_sql, ctx.account_id, ids, messages, times);
    if (completed.empty()) co_return;
    std::vector<Uuid> tasks;
    std::vector<events::Entry> entries;
    for (const auto& [task, contact, message] : completed) {
        tasks.push_back(task);
        entries.push_back({.kind = "task_completed", .contact_id = contact, .task_id = task, .message_id = message});
    }
    finish_journeys(tx, ctx, tasks);
    events_.record_all(tx, ctx, std::move(entries));
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

} // namespace doorstep::journeys
