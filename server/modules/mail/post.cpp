#include "modules/mail/letter_types.hpp"
#include "modules/mail/stored.hpp"

namespace doorstep::mail {

namespace {

const db::Query insert_sql{"mail.insert", R"sql(
    insert into email_logs (account_id, id, email_type, to_email, to_name, user_id, language, facts, secrets, unsubscribe_url,
                            is_test, expires_at, status, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'pending', $13)
)sql"};

const db::Query recent_tests_sql{"mail.recent_tests", R"sql(
    select count(*) from email_logs where account_id = $1 and is_test and created_at > $2::timestamptz - interval '1 hour'
)sql"};

const db::Query test_lock_sql{"mail.lock_tests", "select id from accounts where id = $1 for update"};

constexpr std::int64_t tests_an_hour = 20;

void check_facts(const Letter& letter) {
    std::string type{enum_text(letter.type)};
    for (const auto& fact : letter_type(letter.type).facts) {
        if (fact.required && !letter.facts.contains(std::string(fact.name)))
            throw std::logic_error("a letter " + type + " without " + std::string(fact.name));
    }
    for (const auto& [name, value] : letter.facts) {
        if (!find_fact(letter.type, name)) throw std::logic_error("a letter " + type + " can't say " + name);
    }
}

} // namespace

Id<EmailLog> Mail::post(db::Session& tx, const Context& ctx, const Letter& letter) {
    check_facts(letter);
    return insert(tx, ctx, letter, false);
}

Id<EmailLog> Mail::insert(db::Session& tx, const Context& ctx, const Letter& letter, bool is_test) {
    std::map<std::string, std::string> open;
    std::map<std::string, std::string> secret;
    for (const auto& [name, value] : letter.facts) {
        auto* fact = find_fact(letter.type, name);
        (fact->kind == Fact::Kind::secret ? secret : open)[name] = value;
    }
    auto id = Id<EmailLog>::make(ctx.now());
    std::optional<std::string> sealed;
    if (!secret.empty()) sealed = parts_.sealer.seal(to_json(secret), "email_logs.secrets " + id.text());
    auto language = letter.language ? std::string(enum_text(*letter.language)) : std::string();
    Json facts{to_json(open)};
    tx.queue(
        insert_sql, ctx.account_id, id, letter.type, letter.to, letter.to_name, letter.user, language, facts, sealed,
        letter.unsubscribe_url, is_test, letter.expires_at, ctx.now()
    );
    jobs::enqueue(tx, ctx, DeliverLetter{id.value});
    return id;
}

Task<EmailLog> Mail::send_test(Context& ctx, const LetterTestRequest& request) {
    auto language = request.language.value_or(Language::en);
    Letter letter{
        .type = request.email_type,
        .to = request.to,
        .to_name = ctx.actor.name,
        .facts = sample_facts(request.email_type, language),
        .language = language,
    };
    auto body = [&](db::Session& tx) -> Task<Id<EmailLog>> {
        // One after another, so that none slips through beside the count.
        co_await tx.exec(test_lock_sql, ctx.account_id);
        auto recent = co_await tx.one<std::int64_t>(recent_tests_sql, ctx.account_id, ctx.now());
        if (recent >= tests_an_hour) throw too_many("That were 20 test e-mails within an hour.", std::chrono::hours{1});
        auto id = insert(tx, ctx, letter, true);
        co_await parts_.audit.record(
            tx, ctx,
            {.action = "send_test_email",
             .subject_kind = "email_log",
             .subject_id = id.value,
             .subject_name = request.to.value,
             .after = Json{R"({"email_type":)" + json_quote(enum_text(request.email_type)) + "}"}}
        );
        co_return id;
    };
    auto id = co_await parts_.db.transaction(ctx, body);
    auto detail = co_await require(ctx, id);
    co_return static_cast<EmailLog>(detail);
}

} // namespace doorstep::mail
