#include "modules/messages/gate.hpp"
#include "modules/messages/letter.hpp"
#include "modules/messages/stored.hpp"

namespace doorstep::messages {

namespace {

const db::Query retry_sql{"messages.retry", R"sql(
    update messages set status = 'queued', dispatch = 'waiting', sending_since = null, error_message = null, retry_count = retry_count + 1
    where account_id = $1 and id = $2 and status = 'failed'
    returning id
)sql"};

Source source_of(ai::Source source) {
    return source == ai::Source::ai ? Source::ai : Source::template_;
}

Error refused(const Verdict& verdict) {
    auto code = verdict.reason == "unsubscribed" ? "unsubscribed" : "suppressed";
    return conflict(code, "This client can't be e-mailed: " + verdict.reason + ".");
}

} // namespace

Task<ai::Draft> Messages::write(
    Context& ctx, const Client& client, const std::optional<Occasion>& occasion, std::string instructions
) {
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    ai::EmailFacts facts{
        .contact_id = client.id.value,
        .task_id = occasion ? std::optional(occasion->task_id) : std::nullopt,
        .client_name = client.name,
        .property_address = client.property_address,
        .property_type = std::string(enum_text(client.property_type)),
        .stage = std::string(enum_text(client.stage)),
        .notes = client.notes.value_or(""),
        .custom_fields = client.custom_fields.text,
        .occasion = occasion ? occasion->followup_type : std::string(),
        .task_notes = occasion ? occasion->notes : std::string(),
        .agent_name = profile.agent_name,
        .agency_name = profile.account_name,
        .instructions = std::move(instructions),
    };
    co_return co_await parts_.writer.write(ctx, facts);
}

Task<Preview> Messages::preview(Context& ctx, const PreviewRequest& request) {
    auto client = co_await parts_.contacts.require(ctx, request.client_id);
    std::optional<Occasion> occasion;
    if (request.task_id) occasion = co_await tasks_->require_occasion(ctx, *request.task_id, client.id);
    auto instructions = request.agent_instructions ? request.agent_instructions->value : std::string();
    auto draft = co_await write(ctx, client, occasion, std::move(instructions));
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto letter = make_letter(draft.text, {}, profile, unsubscribe_url(ctx.account_id, client.id));
    auto beginning = snippet(draft.text);
    co_return Preview{
        std::move(draft.subject), std::move(draft.text), std::move(letter.html), std::move(beginning), draft.source
    };
}

Task<EmailDetail> Messages::send(Context& ctx, const SendRequest& request) {
    auto client = co_await parts_.contacts.require(ctx, request.client_id);
    if (request.to_email && request.to_email->key() != client.email.key()) {
        throw invalid("to_email", "not_the_clients", "must be an address of this client");
    }
    NewEmail email{.client_id = client.id, .class_ = Class::personal};
    email.cause_key = "send:" + Uuid::v7(ctx.now()).text();
    if (request.task_id) {
        email.occasion = co_await tasks_->require_occasion(ctx, *request.task_id, client.id);
        if (!email.occasion->open)
            throw conflict("already_mailed", "This task is done already; its e-mail can't be sent twice.");
        email.cause_key = "task:" + request.task_id->text();
    }
    auto verdict = co_await check(ctx, email);
    if (verdict.kind == Verdict::Kind::refuse) throw refused(verdict);

    if (!request.subject || !request.body) {
        auto instructions = request.agent_instructions ? request.agent_instructions->value : std::string();
        auto draft = co_await write(ctx, client, email.occasion, std::move(instructions));
        email.subject = std::move(draft.subject);
        email.text = std::move(draft.text);
        email.source = source_of(draft.source);
    }
    if (request.subject) email.subject = request.subject->value;
    if (request.body) {
        bool html = looks_like_html(request.body->value);
        email.html = html ? sanitize_html(request.body->value) : std::string();
        email.text = html ? html_to_text(request.body->value) : request.body->value;
        email.source = Source::person;
        if (email.text.empty()) throw invalid("body", "required", "has no text");
    }
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto body = [&](db::Session& tx) -> Task<Id<EmailSummary>> {
        auto id = co_await insert(tx, ctx, email, client, profile);
        if (!id) throw conflict("already_mailed", "This task has its e-mail already; it can't be sent twice.");
        jobs::enqueue(tx, ctx, SendEmail{id->value}, {.unique_key = id->text()});
        Json data{R"({"subject":)" + json_quote(email.subject) + "}"};
        auto task_id = email.occasion ? std::optional(email.occasion->task_id) : std::nullopt;
        parts_.events.record(
            tx, ctx,
            {.kind = "email_queued", .contact_id = client.id.value, .task_id = task_id, .message_id = id->value, .data = data}
        );
        co_return *id;
    };
    auto id = co_await parts_.db.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

Task<EmailDetail> Messages::retry(Context& ctx, Id<EmailSummary> id) {
    co_await require(ctx, id);
    auto body = [&](db::Session& tx) -> Task<> {
        auto found = co_await tx.maybe<Id<EmailSummary>>(retry_sql, ctx.account_id, id);
        if (!found) throw conflict("not_failed", "Only a failed e-mail can be sent again.");
        jobs::enqueue(tx, ctx, SendEmail{id.value}, {.unique_key = id.text()});
        parts_.events.record(tx, ctx, {.kind = "email_retried", .message_id = id.value});
    };
    co_await parts_.db.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

} // namespace doorstep::messages
