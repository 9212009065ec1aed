// From the mark `sending` to the record of what the provider said.
#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <utility>

#include "core/log.hpp"
#include "core/together.hpp"
#include "jobs/signal.hpp"
#include "modules/messages/deliver.hpp"
#include "modules/messages/patience.hpp"

namespace doorstep::messages {

using namespace std::chrono_literals;

/// What the provider has said of a message.
struct Messages::Handed {
    std::size_t place; ///< in the batch
    const Stored* message;
    bool last; ///< attempt of its run
    SendResult result;
};

/// Answers on their way from those who wait for the provider to the one who records them.
struct Messages::Post {
    explicit Post(const boost::asio::any_io_executor& executor) : arrived(executor) {}

    std::vector<Handed> answers;
    jobs::Signal arrived;
    std::vector<Delivery> deliveries;
};

namespace {

/// Answers that come so close together are recorded in one transaction.
constexpr auto close_together = 5ms;

const db::Query doubt_sql{"messages.in_doubt", R"sql(
    update messages set dispatch = 'ambiguous', error_message = $3 where account_id = $1 and id = $2 and dispatch = 'sending'
)sql"};

const db::Query later_sql{"messages.later", R"sql(
    update messages set dispatch = 'waiting', sending_since = null, retry_count = retry_count + 1, error_message = $3
    where account_id = $1 and id = $2 and dispatch = 'sending'
)sql"};

const db::Query lock_sql{"messages.lock_sent", R"sql(
    select id, sent_at is null as first from messages where account_id = $1 and id = any ($2) order by id for update
)sql"};

const db::Query sent_sql{"messages.sent", R"sql(
    update messages m set
        status = case when status in ('queued', 'failed') then 'sent' else status end, dispatch = 'done', sent_at = s.at,
        provider = $5, provider_message_id = coalesce(provider_message_id, nullif(s.provider_id, '')), error_message = null,
        held_until = null, hold_reason = null
    from unnest($2::uuid[], $3::timestamptz[], $4::text[]) as s (id, at, provider_id)
    where m.account_id = $1 and m.id = s.id
)sql"};

const db::Query provider_id_sql{"messages.provider_id", R"sql(
    update messages set provider_message_id = coalesce(provider_message_id, nullif($3, '')) where account_id = $1 and id = $2
)sql"};

const db::Query contacted_sql{"messages.contacted", R"sql(
    update contacts c set last_contacted = greatest(c.last_contacted, s.at)
    from unnest($2::uuid[], $3::timestamptz[]) as s (id, at)
    where c.account_id = $1 and c.id = s.id
)sql"};

const db::Query failed_sql{"messages.failed", R"sql(
    update messages set status = 'failed', dispatch = 'done', error_message = $3
    where account_id = $1 and id = $2 and sent_at is null and status <> 'failed'
)sql"};

struct Locked {
    Uuid id;
    bool first = false; ///< its hand-over is not recorded yet
    BOOST_DESCRIBE_CLASS(Locked, (), (id, first), (), ())
};

std::string optional_text(const std::optional<Uuid>& id) {
    return id ? id->text() : std::string();
}

} // namespace

Task<> Messages::put_in_doubt(db::Session& tx, Context& ctx, Id<EmailSummary> id, const std::string& reason) {
    co_await tx.exec(doubt_sql, ctx.account_id, id, reason);
}

Task<std::vector<Delivery>> Messages::hand_over(Context& ctx, const std::vector<jobs::Run>& runs, Claim claim) {
    auto executor = co_await boost::asio::this_coro::executor;
    Post post(executor);
    post.deliveries = std::move(claim.otherwise);
    std::vector<Task<>> tasks;
    for (std::size_t i = 0; i < claim.messages.size(); ++i) {
        if (claim.messages[i]) tasks.push_back(carry(post, i, *claim.messages[i], runs[i].last()));
    }
    if (tasks.empty()) co_return std::move(post.deliveries);
    tasks.push_back(record(ctx, post, tasks.size()));
    co_await together(std::move(tasks));
    co_return std::move(post.deliveries);
}

Task<> Messages::carry(Post& post, std::size_t place, const Stored& message, bool last) {
    OutgoingEmail email{
        .email_id = message.id.text(),
        .account_id = message.account_id.text(),
        .client_id = message.contact_id.text(),
        .task_id = optional_text(message.task_id),
        .from = Email{message.from_email},
        .from_name = message.from_name,
        .reply_to = message.reply_to ? std::optional(Email{*message.reply_to}) : std::nullopt,
        .to = Email{message.to_email},
        .to_name = message.to_name,
        .subject = message.subject,
        .text = message.body_text,
        .html = message.body_html,
        .unsubscribe_url = unsubscribe_url(message.account_id, message.contact_id),
        .in_reply_to = message.in_reply_to.value_or(""),
        .references = message.mail_references.value_or(""),
    };
    SendResult result;
    try {
        result = co_await parts_.sender->send(email);
    } catch (const std::exception& error) {
        log::error("a hand-over broke off", {{"email", email.email_id}, {"error", error.what()}});
        result = {.kind = SendResult::Kind::ambiguous, .reason = error.what()};
    }
    post.answers.push_back({place, &message, last, std::move(result)});
    post.arrived.set();
}

Task<> Messages::record(Context& ctx, Post& post, std::size_t expected) {
    while (expected > 0) {
        co_await post.arrived.wait(1h);
        auto until = std::chrono::steady_clock::now() + close_together;
        while (post.answers.size() < expected && std::chrono::steady_clock::now() < until)
            co_await post.arrived.wait(until - std::chrono::steady_clock::now());
        auto answers = std::exchange(post.answers, {});
        // What the provider said must not be lost to a store that is restarting just now.
        auto write = [&] { return conclude(ctx, answers); };
        auto deliveries = co_await persist(write);
        for (std::size_t n = 0; n < answers.size(); ++n) post.deliveries[answers[n].place] = std::move(deliveries[n]);
        expected -= answers.size();
    }
}

Task<std::vector<Delivery>> Messages::conclude(Context& ctx, const std::vector<Handed>& answers) {
    using Kind = Delivery::Kind;
    auto body = [&](db::Session& tx) -> Task<std::vector<Delivery>> {
        std::vector<Sent> sent;
        for (const auto& [place, message, last, result] : answers) {
            if (result.kind == SendResult::Kind::accepted) sent.push_back({message, result.provider_id, ctx.now()});
        }
        co_await settle_sent(tx, ctx, sent);
        std::vector<Delivery> deliveries;
        for (const auto& [place, message, last, result] : answers) {
            auto kind = result.kind == SendResult::Kind::later && last ? SendResult::Kind::rejected : result.kind;
            switch (kind) {
            case SendResult::Kind::accepted: deliveries.push_back({Kind::sent, {}, {}}); break;
            case SendResult::Kind::ambiguous:
                co_await put_in_doubt(tx, ctx, message->id, std::string(in_doubt) + " (" + result.reason + ")");
                deliveries.push_back({Kind::unsettled, result.reason, {}});
                break;
            case SendResult::Kind::later:
                co_await tx.exec(later_sql, ctx.account_id, message->id, result.reason);
                deliveries.push_back({Kind::later, result.reason, result.retry_at});
                break;
            case SendResult::Kind::rejected:
                co_await give_up(tx, ctx, *message, result.reason);
                deliveries.push_back({Kind::failed, result.reason, {}});
                break;
            }
        }
        co_return deliveries;
    };
    co_return co_await parts_.db.transaction(ctx, db::Plan::by_index, body);
}

Task<> Messages::settle_sent(db::Session& tx, Context& ctx, const std::vector<Sent>& sent) {
    if (sent.empty()) co_return;
    std::map<Uuid, const Sent*> by_id;
    for (const auto& each : sent) { // of what several events prove, the first tells when
        auto& earliest = by_id.try_emplace(each.message->id.value, &each).first->second;
        if (each.at < earliest->at) earliest = &each;
    }
    std::vector<Uuid> ids;
    for (const auto& [id, each] : by_id) ids.push_back(id);
    auto locked = co_await tx.all<Locked>(lock_sql, ctx.account_id, ids);

    ids.clear();
    std::map<Uuid, Time> reached;
    std::vector<Time> times;
    std::vector<std::string> provider_ids;
    std::vector<events::Entry> entries;
    std::vector<TaskBook::Mailed> done;
    for (const auto& [id, first] : locked) {
        auto& [message, provider_id, at] = *by_id[id];
        if (!first) {
            tx.queue(provider_id_sql, ctx.account_id, id, provider_id);
            continue;
        }
        ids.push_back(id);
        auto& last = reached.try_emplace(message->contact_id.value, at).first->second;
        last = std::max(last, at);
        times.push_back(at);
        provider_ids.push_back(provider_id);
        entries.push_back(
            {.kind = "email_sent",
             .contact_id = message->contact_id.value,
             .task_id = message->task_id,
             .message_id = id,
             .data = Json{R"({"subject":)" + json_quote(message->subject) + "}"},
             .at = {}}
        );
        if (message->task_id) done.push_back({*message->task_id, message->id, at});
    }
    if (ids.empty()) co_return;
    auto provider = parts_.sender ? parts_.sender->name() : std::string_view("sendgrid");
    tx.queue(sent_sql, ctx.account_id, ids, times, provider_ids, provider);
    std::vector<Uuid> people;
    std::vector<Time> reached_at;
    for (const auto& [person, at] : reached) {
        people.push_back(person);
        reached_at.push_back(at);
    }
    lock_people(tx, ctx, people);
    tx.queue(contacted_sql, ctx.account_id, people, reached_at);
    parts_.events.record_all(tx, ctx, std::move(entries));
    if (!done.empty()) co_await tasks_->mailed(tx, ctx, std::move(done));
}

Task<> Messages::give_up(db::Session& tx, Context& ctx, const Stored& message, const std::string& reason) {
    auto first = co_await tx.exec(failed_sql, ctx.account_id, message.id, reason);
    if (first == 0) co_return;
    Json data{R"({"subject":)" + json_quote(message.subject) + R"(,"reason":)" + json_quote(reason) + "}"};
    parts_.events.record(
        tx, ctx,
        {.kind = "email_failed",
         .contact_id = message.contact_id.value,
         .task_id = message.task_id,
         .message_id = message.id.value,
         .data = data}
    );
    if (message.task_id) co_await tasks_->mail_failed(tx, ctx, *message.task_id, reason);
    log::warn(
        "an e-mail was given up",
        {{"account", message.account_id.text()}, {"email", message.id.text()}, {"trace", ctx.trace_id}}
    );
}

} // namespace doorstep::messages
