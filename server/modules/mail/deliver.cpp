#include "core/log.hpp"
#include "modules/mail/letter_types.hpp"
#include "modules/mail/stored.hpp"

namespace doorstep::mail {

namespace {

using jobs::Outcome;

const db::Query stored_sql{
    "mail.stored", R"sql(
    select account_id, id, email_type, to_email, to_name, )sql" LETTER_LANGUAGE
                   R"sql( as language, facts, secrets, unsubscribe_url, expires_at, status
    from email_logs where account_id = $1 and id = $2
)sql"
};

const db::Query sent_sql{"mail.sent", R"sql(
    update email_logs set
        status = case when status in ('pending', 'failed') then 'sent' else status end,
        subject = $3, provider = $4, provider_message_id = coalesce(provider_message_id, nullif($5, '')), sent_at = $6,
        attempts = attempts + 1, error_message = null, secrets = null
    where account_id = $1 and id = $2 and sent_at is null
)sql"};

const db::Query later_sql{"mail.later", R"sql(
    update email_logs set attempts = attempts + 1, error_message = $3 where account_id = $1 and id = $2 and sent_at is null
)sql"};

const db::Query failed_sql{"mail.failed", R"sql(
    update email_logs set status = 'failed', attempts = attempts + 1, error_message = $3, secrets = null
    where account_id = $1 and id = $2 and status = 'pending'
)sql"};

constexpr std::chrono::minutes without_provider{5};

} // namespace

Task<Outcome> Mail::deliver(Context& ctx, const jobs::Run& run, Id<EmailLog> id) {
    auto letter = co_await parts_.db.maybe<Stored>(ctx, stored_sql, ctx.account_id, id);
    if (!letter || letter->status != Status::pending) co_return Outcome::done();
    if (letter->expires_at && *letter->expires_at <= ctx.now()) {
        SendResult expired{.kind = SendResult::Kind::rejected, .reason = "It could not be sent before it expired."};
        co_return co_await conclude(ctx, run, *letter, {}, expired);
    }
    if (!parts_.sender) co_return Outcome::snooze(ctx.now() + without_provider, "no provider of e-mail is configured");

    auto draft = read_draft(letter->email_type, letter->language, letter->to_name, letter->facts);
    auto house = co_await find_house(parts_.db, ctx);
    auto words = co_await find_template(parts_.db, ctx, draft.type, draft.language);
    auto hidden = compose(words, mask(draft), house, parts_.from);
    if (letter->secrets) {
        auto secrets = parts_.sealer.open(*letter->secrets, "email_logs.secrets " + id.text());
        if (!secrets) throw std::runtime_error("a letter's secrets can't be opened: was the master key changed?");
        for (auto& [name, value] : from_json<std::map<std::string, std::string>>(*secrets)) draft.facts[name] = value;
    }
    auto rendered = compose(words, draft, house, parts_.from);
    bool from_product = letter_type(draft.type).from_product;
    OutgoingEmail email{
        .email_id = letter->id.text(),
        .account_id = letter->account_id.text(),
        .from = parts_.from.from,
        .from_name = from_product ? parts_.from.name : house.name,
        .reply_to = !from_product && house.reply_to ? std::optional(Email{*house.reply_to}) : std::nullopt,
        .to = Email{letter->to_email},
        .to_name = letter->to_name,
        .subject = std::move(rendered.subject),
        .text = std::move(rendered.text),
        .html = std::move(rendered.html),
        .private_links = letter->secrets.has_value(),
        .unsubscribe_url = letter->unsubscribe_url,
    };
    auto result = co_await parts_.sender->send(email);
    co_return co_await conclude(ctx, run, *letter, hidden.subject, result);
}

Task<Outcome> Mail::conclude(
    Context& ctx, const jobs::Run& run, const Stored& letter, const std::string& subject, const SendResult& result
) {
    using Kind = SendResult::Kind;
    if (result.kind == Kind::accepted) {
        auto provider = parts_.sender->name();
        co_await parts_.db.exec(ctx, sent_sql, ctx.account_id, letter.id, subject, provider, result.provider_id, ctx.now());
        co_return Outcome::done();
    }
    // In doubt it goes once more: a code that comes twice does no harm, one that never comes locks a person out.
    if (result.kind != Kind::rejected && !run.last()) {
        co_await parts_.db.exec(ctx, later_sql, ctx.account_id, letter.id, result.reason);
        co_return Outcome::retry(result.reason, result.retry_at);
    }
    auto body = [&](db::Session& tx) -> Task<> {
        auto first = co_await tx.exec(failed_sql, ctx.account_id, letter.id, result.reason);
        if (first == 0) co_return;
        Json data{
            R"({"email_type":)" + json_quote(enum_text(letter.email_type)) + R"(,"to":)" + json_quote(letter.to_email) +
            R"(,"reason":)" + json_quote(result.reason) + "}"
        };
        parts_.events.record(tx, ctx, {.kind = "letter_failed", .data = data});
    };
    co_await parts_.db.transaction(ctx, body);
    log::warn("a letter was given up", {{"account", letter.account_id.text()}, {"letter", letter.id.text()}});
    co_return Outcome::done();
}

} // namespace doorstep::mail
