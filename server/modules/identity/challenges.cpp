// A right password that is not enough: the code that is asked for, sent and compared.

#include <fmt/format.h>

#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"

namespace doorstep::identity {
namespace {

const db::Query insert_sql{"identity.insert_challenge", R"sql(
    insert into mfa_challenges (hash, user_id, kind, reason, method, code_hash, letters, code_expires_at, expires_at, own_id_hash,
                                fingerprint_hash, trust, created_at)
    values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12)
)sql"};

// A try is spent before it is looked at: of several at once none is free.
const db::Query try_sql{"identity.try_challenge", R"sql(
    update mfa_challenges c set tries = tries + 1
      from users u
)sql" HOME_MEMBERSHIP R"sql(
     where c.hash = $1 and u.id = c.user_id and c.ended_at is null and c.tries < $2 and c.code_expires_at > $3
       and c.expires_at > $3
    returning u.id, u.name, u.email, m.account_id, c.kind, c.reason, c.method, c.code_hash, c.own_id_hash, c.fingerprint_hash,
              c.trust, c.tries, c.expires_at
)sql"};

const db::Query find_sql{"identity.find_challenge", R"sql(
    select u.id, u.name, u.email, m.account_id, c.kind, c.reason, c.method, c.code_hash, c.own_id_hash, c.fingerprint_hash,
           c.trust, c.tries, c.expires_at
      from mfa_challenges c
      join users u on u.id = c.user_id
)sql" HOME_MEMBERSHIP R"sql(
     where c.hash = $1 and c.ended_at is null and c.tries < $2 and c.expires_at > $3
)sql"};

const db::Query renew_sql{"identity.renew_challenge", R"sql(
    update mfa_challenges set code_hash = $2, letters = letters + 1, code_expires_at = $3
     where hash = $1 and ended_at is null and letters < $4
)sql"};

const db::Query end_sql{"identity.end_challenge", R"sql(
    update mfa_challenges set ended_at = $2 where hash = $1 and ended_at is null
)sql"};

struct Waiting : Person {
    MfaType kind = MfaType::email_otp;
    MfaReason reason = MfaReason::new_device;
    std::string method;
    std::optional<std::string> code_hash;
    std::optional<std::string> own_id_hash;
    std::optional<std::string> fingerprint_hash;
    bool trust = false;
    std::int64_t tries = 0;
    Time expires_at;
    BOOST_DESCRIBE_CLASS(
        Waiting, (Person), (kind, reason, method, code_hash, own_id_hash, fingerprint_hash, trust, tries, expires_at), (), ()
    )
};

struct CodeAsked {
    std::string method;
    MfaReason reason;
    BOOST_DESCRIBE_CLASS(CodeAsked, (), (method, reason), (), ())
};

constexpr int most_letters = 5;
constexpr int most_wrong_codes = 10;
constexpr int most_letters_an_hour = 20;
constexpr std::chrono::hours window{1};

/// Six digits, each as likely as the other.
std::string make_code() {
    constexpr std::uint32_t codes = 1'000'000;
    constexpr std::uint32_t fair = 0xffffffffU / codes * codes;
    std::uint32_t number = fair;
    while (number >= fair) fill_random(&number, sizeof number);
    return fmt::format("{:06}", number % codes);
}

std::string wrong_codes_key(const Person& person) {
    return "wrong codes of " + person.id.text();
}

Error challenge_over() {
    return gone("This code can't be used any more. Sign in again to get another one.");
}

} // namespace

std::string Identity::code_hash(std::string_view challenge, std::string_view code) const {
    return to_hex(hmac_sha256(code_key_, std::string(challenge) + " " + std::string(code)));
}

Task<MfaRequired> Identity::challenge(
    db::Session& tx, const doorstep::Context& actor, const Entry& entry, MfaType type, MfaReason reason
) {
    auto now = actor.now();
    MfaRequired asked{
        .challengeId = random_token(),
        .mfaType = type,
        .maskedEmail = entry.person.email.masked(),
        .expiresAt = now + code_life,
        .reason = reason,
    };
    auto code = make_code();
    auto hash = sha256_hex(asked.challengeId);
    auto by_letter = type == MfaType::email_otp;
    auto hashed = by_letter ? std::optional(code_hash(asked.challengeId, code)) : std::nullopt;
    co_await tx.exec(
        insert_sql, hash, entry.person.id, type, reason, entry.method, hashed, asked.expiresAt, now + challenge_life,
        entry.own_id_hash, entry.fingerprint_hash, entry.trust, now
    );
    if (by_letter) co_await send_code(tx, actor, entry.person, code, reason);
    co_await note(tx, actor, "code_asked", Json{to_json(CodeAsked{std::string(entry.method), reason})});
    co_return asked;
}

Task<> Identity::send_code(
    db::Session& tx, const doorstep::Context& actor, const Person& person, const std::string& code, MfaReason reason
) {
    co_await take(actor, "codes for " + person.id.text(), window, most_letters_an_hour);
    Letter letter{
        "sign_in_code",
        person.email,
        person.name,
        {{"code", code},
         {"minutes", std::to_string(code_life.count())},
         {"reason", std::string(enum_text(reason))},
         {"ip", actor.ip}},
        actor.now() + code_life
    };
    letters_.post(tx, actor, letter);
}

Task<SignedIn> Identity::verify_mfa(http::Context& ctx, const MfaCode& input) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto now = ctx.now();
    auto hash = sha256_hex(input.challengeId.value);
    auto waiting = co_await db_.maybe<Waiting>(everyone, try_sql, hash, most_tries, now);
    if (!waiting) throw challenge_over();
    auto actor = acting(ctx, *waiting);

    Entry entry{.person = *waiting};
    entry.method = waiting->method;
    entry.trust = input.trustDevice.value_or(waiting->trust);
    entry.own_id_hash = waiting->own_id_hash;
    entry.fingerprint_hash = waiting->fingerprint_hash;
    entry.failure_keys = failure_keys(waiting->email.key(), ctx.ip, false);
    auto expected = waiting->code_hash.value_or("");
    co_await require_tries(everyone, *waiting);
    auto body = [&](db::Session& tx) -> Task<std::optional<SignedIn>> {
        bool right = waiting->kind == MfaType::totp
                         ? co_await spend_code(tx, *waiting, input.code.value, now)
                         : equal_in_constant_time(code_hash(input.challengeId.value, input.code.value), expected);
        if (!right) co_return std::nullopt;
        auto first = co_await tx.exec(end_sql, hash, now);
        if (first == 0) throw challenge_over();
        co_return co_await begin(tx, ctx, actor, entry);
    };
    auto signed_in = co_await db_.transaction(actor, body);
    if (!signed_in) {
        co_await note_refusal(everyone, *waiting, "code");
        co_await take(everyone, wrong_codes_key(*waiting), window, most_wrong_codes);
        std::int64_t left = most_tries - waiting->tries;
        throw Error(401, "wrong_code", "That is not the code.").with("attemptsRemaining", left);
    }
    co_return std::move(*signed_in);
}

Task<> Identity::require_tries(const doorstep::Context& everyone, const Person& person) {
    co_await require_below(everyone, wrong_codes_key(person), most_wrong_codes);
}

Task<> Identity::count_wrong_code(const doorstep::Context& everyone, const Person& person) {
    co_await note_refusal(everyone, person, "code");
    co_await take(everyone, wrong_codes_key(person), window, most_wrong_codes);
    throw invalid("code", "wrong", "is not the present code, or was used already");
}

Task<MfaRequired> Identity::resend_mfa(http::Context& ctx, const MfaResend& input) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto now = ctx.now();
    auto hash = sha256_hex(input.challengeId.value);
    auto waiting = co_await db_.maybe<Waiting>(everyone, find_sql, hash, most_tries, now);
    if (!waiting) throw challenge_over();
    if (waiting->kind != MfaType::email_otp) throw conflict("no_letter", "This code comes from your app, not by mail.");
    auto code = make_code();
    auto until = std::min(now + code_life, waiting->expires_at);
    auto actor = acting(ctx, *waiting);
    auto body = [&](db::Session& tx) -> Task<> {
        auto renewed = co_await tx.exec(renew_sql, hash, code_hash(input.challengeId.value, code), until, most_letters);
        if (renewed == 0) throw too_many("Enough letters were sent. Sign in again to get another code.", code_life);
        co_await send_code(tx, actor, *waiting, code, waiting->reason);
    };
    co_await db_.transaction(actor, body);
    co_return MfaRequired{true, input.challengeId.value, waiting->kind, waiting->email.masked(), until, waiting->reason};
}

} // namespace doorstep::identity
