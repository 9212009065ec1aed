#include "core/log.hpp"
#include "modules/messages/gate.hpp"
#include "modules/messages/letter.hpp"
#include "modules/messages/patience.hpp"
#include "modules/messages/stored.hpp"

namespace doorstep::messages {

struct Messages::Claim {
    std::optional<Stored> message; ///< marked `sending`: hand it over
    Delivery otherwise;
};

namespace {

const db::Query insert_sql{"messages.insert", R"sql(
    insert into messages (account_id, id, contact_id, task_id, class, cause_key, from_email, from_name, reply_to, to_email, to_name,
                          subject, body_html, body_text, source, status, dispatch, created_at, answers_id, in_reply_to, mail_references)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'queued', 'waiting', $16, $17,
            nullif($18, ''), nullif($19, ''))
    on conflict (account_id, cause_key) do nothing
    returning id
)sql"};

const db::Query cause_sql{"messages.by_cause", "select id from messages where account_id = $1 and cause_key = $2"};

const db::Query lock_sql{"messages.lock", "select" STORED_COLUMNS "from messages where account_id = $1 and id = $2 for update"};

const db::Query sending_sql{"messages.sending", R"sql(
    update messages set dispatch = 'sending', sending_since = $3, held_until = null, hold_reason = null
    where account_id = $1 and id = $2
)sql"};

const db::Query doubt_sql{"messages.in_doubt", R"sql(
    update messages set dispatch = 'ambiguous', error_message = $3 where account_id = $1 and id = $2 and dispatch = 'sending'
)sql"};

const db::Query hold_sql{"messages.hold", R"sql(
    update messages set held_until = $3, hold_reason = $4 where account_id = $1 and id = $2
)sql"};

const db::Query later_sql{"messages.later", R"sql(
    update messages set dispatch = 'waiting', sending_since = null, retry_count = retry_count + 1, error_message = $3
    where account_id = $1 and id = $2 and dispatch = 'sending'
)sql"};

const db::Query sent_sql{"messages.sent", R"sql(
    update messages set
        status = case when status in ('queued', 'failed') then 'sent' else status end, dispatch = 'done', sent_at = $3,
        provider = $4, provider_message_id = coalesce(provider_message_id, nullif($5, '')), error_message = null,
        held_until = null, hold_reason = null
    where account_id = $1 and id = $2 and sent_at is null
)sql"};

const db::Query provider_id_sql{"messages.provider_id", R"sql(
    update messages set provider_message_id = coalesce(provider_message_id, nullif($3, '')) where account_id = $1 and id = $2
)sql"};

const db::Query contacted_sql{"messages.contacted", R"sql(
    update contacts set last_contacted = greatest(last_contacted, $3) where account_id = $1 and id = $2
)sql"};

const db::Query failed_sql{"messages.failed", R"sql(
    update messages set status = 'failed', dispatch = 'done', error_message = $3
    where account_id = $1 and id = $2 and sent_at is null and status <> 'failed'
)sql"};

constexpr auto in_doubt =
    "It is not known yet whether this e-mail went out; it is being checked and is not sent again meanwhile.";

std::string optional_text(const std::optional<Uuid>& id) {
    return id ? id->text() : std::string();
}

} // namespace

Task<std::optional<Id<EmailSummary>>> Messages::find_by_cause(Context& ctx, const std::string& cause_key) {
    co_return co_await parts_.db.maybe<Id<EmailSummary>>(ctx, cause_sql, ctx.account_id, cause_key);
}

Task<std::optional<Id<EmailSummary>>> Messages::insert(
    db::Session& tx, Context& ctx, const NewEmail& email, const Client& client, const accounts::SendingProfile& profile
) {
    auto url = unsubscribe_url(ctx.account_id, client.id);
    auto letter = make_letter(email.text, email.html, profile, url);
    auto to = email.to ? email.to : client.email;
    auto task_id = email.occasion ? std::optional(email.occasion->task_id) : std::nullopt;
    auto id = Id<EmailSummary>::make(ctx.now());
    co_return co_await tx.maybe<Id<EmailSummary>>(
        insert_sql, ctx.account_id, id, client.id, task_id, email.class_, email.cause_key,
        profile.from_email.value_or(parts_.defaults.from_email), profile.from_name.value_or(parts_.defaults.from_name),
        profile.reply_to ? profile.reply_to : reply_address(id.value), to, client.name, email.subject, letter.html, letter.text,
        email.source, ctx.now(), email.answers_id, email.in_reply_to, email.references
    );
}

Task<Messages::Claim> Messages::claim(db::Session& tx, Context& ctx, Id<EmailSummary> id, bool stepped) {
    using Kind = Delivery::Kind;
    auto message = co_await tx.maybe<Stored>(lock_sql, ctx.account_id, id);
    if (!message) co_return Claim{{}, {Kind::failed, "the message is gone", {}}};
    if (message->dispatch == "done") {
        bool failed = message->status == "failed";
        co_return Claim{{}, {failed ? Kind::failed : Kind::sent, message->error_message.value_or(""), {}}};
    }
    if (message->dispatch != "waiting") {
        // Somebody died, or still is, between the hand-over and its record. Never repeated: events or a person will tell.
        co_await tx.exec(doubt_sql, ctx.account_id, id, in_doubt);
        co_return Claim{{}, {Kind::unsettled, in_doubt, {}}};
    }
    if (message->undo_until && *message->undo_until > ctx.now()) {
        co_return Claim{{}, {Kind::held, "it can still be taken back", message->undo_until}};
    }
    auto to_key = Email{message->to_email}.key();
    auto facts = co_await gate_facts(tx, ctx, message->contact_id, to_key, id.value);
    auto verdict = judge(facts, message->class_, stepped, ctx.now());
    if (verdict.kind == Verdict::Kind::hold) {
        co_await tx.exec(hold_sql, ctx.account_id, id, verdict.until, verdict.reason);
        co_return Claim{{}, {Kind::held, verdict.reason, verdict.until}};
    }
    if (verdict.kind == Verdict::Kind::refuse || verdict.kind == Verdict::Kind::needs_person) {
        co_await give_up(tx, ctx, *message, "Not sent: " + verdict.reason + ".");
        co_return Claim{{}, {Kind::refused, verdict.reason, {}}};
    }
    tx.queue(sending_sql, ctx.account_id, id, ctx.now());
    co_return Claim{std::move(message), {}};
}

Task<Delivery> Messages::deliver(Context& ctx, const jobs::Run& run, const NewEmail& email) {
    auto client = co_await parts_.contacts.require(ctx, email.client_id);
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    bool stepped = email.occasion && email.occasion->stepped;
    auto body = [&](db::Session& tx) -> Task<Claim> {
        auto id = co_await insert(tx, ctx, email, client, profile);
        if (!id) id = co_await tx.one<Id<EmailSummary>>(cause_sql, ctx.account_id, email.cause_key);
        co_return co_await claim(tx, ctx, *id, stepped);
    };
    auto claimed = co_await parts_.db.transaction(ctx, body);
    if (!claimed.message) co_return claimed.otherwise;
    co_return co_await hand_over(ctx, run, *claimed.message);
}

Task<Delivery> Messages::deliver(Context& ctx, const jobs::Run& run, Id<EmailSummary> id) {
    auto body = [&](db::Session& tx) { return claim(tx, ctx, id, false); };
    auto claimed = co_await parts_.db.transaction(ctx, body);
    if (!claimed.message) co_return claimed.otherwise;
    co_return co_await hand_over(ctx, run, *claimed.message);
}

Task<Delivery> Messages::hand_over(Context& ctx, const jobs::Run& run, const Stored& message) {
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
    auto result = co_await parts_.sender->send(email);
    // What the provider said must not be lost to a store that is restarting just now.
    auto record = [&] { return conclude(ctx, run, message, result); };
    co_return co_await persist(record);
}

Task<Delivery> Messages::conclude(Context& ctx, const jobs::Run& run, const Stored& message, const SendResult& result) {
    using Kind = Delivery::Kind;
    auto body = [&](db::Session& tx) -> Task<Delivery> {
        switch (result.kind) {
        case SendResult::Kind::accepted:
            co_await settle_sent(tx, ctx, message, result.provider_id, ctx.now());
            co_return Delivery{Kind::sent, {}, {}};
        case SendResult::Kind::ambiguous:
            co_await tx.exec(doubt_sql, ctx.account_id, message.id, std::string(in_doubt) + " (" + result.reason + ")");
            co_return Delivery{Kind::unsettled, result.reason, {}};
        case SendResult::Kind::later:
            if (!run.last()) {
                co_await tx.exec(later_sql, ctx.account_id, message.id, result.reason);
                co_return Delivery{Kind::later, result.reason, result.retry_at};
            }
            [[fallthrough]];
        case SendResult::Kind::rejected:
            co_await give_up(tx, ctx, message, result.reason);
            co_return Delivery{Kind::failed, result.reason, {}};
        }
        throw std::logic_error("an unknown send result");
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<> Messages::settle_sent(db::Session& tx, Context& ctx, const Stored& message, const std::string& provider_id, Time at) {
    auto provider = parts_.sender ? parts_.sender->name() : std::string_view("sendgrid");
    auto first = co_await tx.exec(sent_sql, ctx.account_id, message.id, at, provider, provider_id);
    if (first == 0) {
        tx.queue(provider_id_sql, ctx.account_id, message.id, provider_id);
        co_return;
    }
    tx.queue(contacted_sql, ctx.account_id, message.contact_id, at);
    Json data{R"({"subject":)" + json_quote(message.subject) + "}"};
    parts_.events.record(
        tx, ctx,
        {.kind = "email_sent",
         .contact_id = message.contact_id.value,
         .task_id = message.task_id,
         .message_id = message.id.value,
         .data = data}
    );
    if (message.task_id) co_await tasks_->mailed(tx, ctx, *message.task_id, message.id, at);
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
