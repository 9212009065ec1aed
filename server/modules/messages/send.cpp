#include "core/text.hpp"
#include "modules/messages/gate.hpp"
#include "modules/messages/letter.hpp"
#include "modules/messages/stored.hpp"

namespace doorstep::messages {

namespace {

// A person who writes again about a task whose e-mail failed gets another try; the failed one stays in the history.
const db::Query replace_failed_sql{"messages.replace_failed", R"sql(
    update messages set cause_key = 'replaced:' || id
    where account_id = $1 and cause_key = $2 and status = 'failed' and sent_at is null
)sql"};

const db::Query undo_window_sql{"messages.undo_window", R"sql(
    update messages set undo_until = $3 where account_id = $1 and id = $2
)sql"};

struct Answered {
    std::optional<Id<Client>> contact_id;
    std::string subject;
    std::optional<std::string> message_key;
    std::string mail_references;
    BOOST_DESCRIBE_CLASS(Answered, (), (contact_id, subject, message_key, mail_references), (), ())
};

const db::Query answered_sql{"messages.answered", R"sql(
    select contact_id, subject, message_key, mail_references from received_emails where account_id = $1 and id = $2
)sql"};

Error refused(const Verdict& verdict) {
    auto code = verdict.reason == "unsubscribed" ? "unsubscribed" : "suppressed";
    return conflict(code, "This client can't be e-mailed: " + verdict.reason + ".");
}

std::string joined(const std::vector<std::string>& names) {
    std::string line;
    for (auto& name : names) line += (line.empty() ? "{{" : ", {{") + name + "}}";
    return line;
}

} // namespace

Task<> Messages::write_for(Context& ctx, const SendRequest& request, const Client& client, NewEmail& email) {
    if (request.template_id) {
        auto letter = co_await parts_.templates.fill(ctx, *request.template_id, client);
        if (!letter.missing.empty()) {
            throw invalid("template_id", "missing_values", "has no value for " + joined(letter.missing) + " in this record");
        }
        email.subject = std::move(letter.subject);
        email.text = std::move(letter.body);
        email.source = Source::template_;
        co_return;
    }
    auto instructions = request.agent_instructions ? request.agent_instructions->value : std::string();
    auto draft = co_await write(ctx, client, email.occasion, std::move(instructions));
    email.subject = std::move(draft.subject);
    email.text = std::move(draft.text);
    email.source = source_of(draft.source);
}

Task<> Messages::answer(Context& ctx, const SendRequest& request, const Client& client, NewEmail& email) {
    auto received = co_await parts_.db.maybe<Answered>(ctx, answered_sql, ctx.account_id, *request.answers_id);
    if (!received) throw invalid("answers_id", "unknown", "is no e-mail that came in");
    if (received->contact_id != client.id) throw invalid("answers_id", "not_the_clients", "is another client's e-mail");
    email.answers_id = request.answers_id;
    email.in_reply_to = received->message_key.value_or("");
    email.references = message_ids(received->mail_references + " " + email.in_reply_to, 20);
    bool answers_already = to_lower_ascii(received->subject.substr(0, 3)) == "re:";
    auto subject = answers_already ? received->subject : "Re: " + received->subject;
    email.subject = std::string(trim(utf8_prefix(subject, 200)));
}

Task<EmailDetail> Messages::send(Context& ctx, const SendRequest& request) {
    auto client = co_await parts_.contacts.require(ctx, request.client_id);
    if (!client.email) throw no_email();
    if (request.to_email && request.to_email->key() != client.email->key()) {
        throw invalid("to_email", "not_the_clients", "must be an address of this client");
    }
    NewEmail email{.client_id = client.id, .class_ = Class::personal};
    email.cause_key = "send:" + Uuid::v7(ctx.now()).text();
    if (request.task_id) {
        email.occasion = co_await tasks_->require_occasion(ctx, *request.task_id, client.id);
        if (!email.occasion->open)
            throw conflict("already_mailed", "This task is done already; its e-mail can't be sent twice.");
        email.cause_key = cause_of_task(*request.task_id);
    }
    auto verdict = co_await check(ctx, email);
    if (verdict.kind == Verdict::Kind::refuse) throw refused(verdict);

    bool written = !request.body || (!request.subject && !request.answers_id);
    if (written) co_await write_for(ctx, request, client, email);
    if (request.answers_id) co_await answer(ctx, request, client, email);
    if (request.subject) email.subject = request.subject->value;
    if (request.body) {
        bool html = looks_like_html(request.body->value);
        email.html = html ? sanitize_html(with_breaks(request.body->value)) : std::string();
        email.text = html ? html_to_text(with_breaks(request.body->value)) : request.body->value;
        email.source = Source::person;
        if (email.text.empty()) throw invalid("body", "required", "has no text");
    }
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    std::chrono::seconds undo{request.undo_seconds ? request.undo_seconds->value : 0};
    auto body = [&](db::Session& tx) -> Task<Id<EmailSummary>> {
        tx.queue(replace_failed_sql, ctx.account_id, email.cause_key);
        auto made = co_await insert(tx, ctx, {email}, {{client.id, client}}, profile, Dispatch::waiting);
        if (made.empty()) throw conflict("already_mailed", "This task has its e-mail already; it can't be sent twice.");
        auto id = made.front().id;
        jobs::EnqueueOptions options{.unique_key = id.text()};
        if (undo.count() > 0) {
            options.run_at = ctx.now() + undo;
            tx.queue(undo_window_sql, ctx.account_id, id, *options.run_at);
        }
        jobs::enqueue(tx, ctx, SendEmail{id.value}, options);
        Json data{R"({"subject":)" + json_quote(email.subject) + "}"};
        auto task_id = email.occasion ? std::optional(email.occasion->task_id) : std::nullopt;
        parts_.events.record(
            tx, ctx,
            {.kind = "email_queued", .contact_id = client.id.value, .task_id = task_id, .message_id = id.value, .data = data}
        );
        co_return id;
    };
    auto id = co_await parts_.db.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

} // namespace doorstep::messages
