#include <set>

#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

// A failed e-mail whose task got another one by hand stays as it is.
const db::Query retry_sql{"messages.retry", R"sql(
    update messages set status = 'queued', dispatch = 'waiting', sending_since = null, error_message = null, undo_until = null,
        retry_count = retry_count + 1
    where account_id = $1 and id = any ($2::uuid[]) and status = 'failed' and cause_key not like 'replaced:%'
    returning id, contact_id, task_id
)sql"};

const db::Query take_back_sql{"messages.take_back", R"sql(
    delete from messages
    where account_id = $1 and id = $2 and class = 'personal' and status = 'queued' and dispatch = 'waiting'
    returning contact_id
)sql"};

struct Retried {
    Uuid id;
    Uuid contact_id;
    std::optional<Uuid> task_id;
    BOOST_DESCRIBE_CLASS(Retried, (), (id, contact_id, task_id), (), ())
};

} // namespace

Task<std::vector<Uuid>> Messages::requeue(Context& ctx, const std::vector<Uuid>& ids) {
    auto body = [&](db::Session& tx) -> Task<std::vector<Uuid>> {
        auto retried = co_await tx.all<Retried>(retry_sql, ctx.account_id, ids);
        std::vector<Uuid> done;
        for (auto& email : retried) {
            jobs::enqueue(tx, ctx, SendEmail{email.id}, {.unique_key = email.id.text()});
            parts_.events.record(
                tx, ctx,
                {.kind = "email_retried", .contact_id = email.contact_id, .task_id = email.task_id, .message_id = email.id}
            );
            done.push_back(email.id);
        }
        co_return done;
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<EmailDetail> Messages::retry(Context& ctx, Id<EmailSummary> id) {
    co_await require(ctx, id);
    std::vector ids{id.value};
    auto done = co_await requeue(ctx, ids);
    if (done.empty()) throw conflict("not_failed", "Only a failed e-mail can be sent again.");
    co_return co_await require(ctx, id);
}

Task<contacts::BulkUpdated> Messages::retry_all(Context& ctx, const std::vector<std::string>& ids) {
    contacts::BulkUpdated result;
    result.total_requested = std::int64_t(ids.size());
    std::vector<Uuid> known;
    for (auto& text : ids) {
        if (auto id = Uuid::parse(text)) known.push_back(*id);
    }
    auto done = co_await requeue(ctx, known);
    std::set<std::string> retried;
    for (auto& id : done) retried.insert(id.text());
    for (auto& text : ids) {
        auto id = Uuid::parse(text);
        if (!id || !retried.contains(id->text())) result.failed_ids.push_back(text);
    }
    result.updated_count = std::int64_t(done.size());
    co_return result;
}

Task<EmailDetail> Messages::cancel(Context& ctx, Id<EmailSummary> id) {
    auto email = co_await require(ctx, id);
    auto body = [&](db::Session& tx) -> Task<> {
        auto contact = co_await tx.maybe<Uuid>(take_back_sql, ctx.account_id, id);
        if (!contact) throw conflict("already_sent", "This e-mail is on its way already; it can't be taken back.");
        Json data{R"({"subject":)" + json_quote(email.subject) + "}"};
        parts_.events.record(
            tx, ctx,
            {.kind = "email_cancelled",
             .contact_id = *contact,
             .task_id = email.task_id,
             .message_id = id.value,
             .data = std::move(data)}
        );
    };
    co_await parts_.db.transaction(ctx, body);
    co_return email;
}

} // namespace doorstep::messages
