// Codes from an app (TOTP) and on paper.

#include <array>

#include "core/crypto_otp.hpp"
#include "core/qr.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"

namespace doorstep::identity {
namespace {

const db::Query start_totp_sql{"identity.start_totp", R"sql(
    insert into user_totp as t (user_id, secret, created_at) values ($1, $2, $3)
    on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
     where t.confirmed_at is null
)sql"};

const db::Query totp_sql{"identity.totp", R"sql(
    select secret, last_step, confirmed_at from user_totp where user_id = $1
)sql"};

const db::Query spend_step_sql{"identity.spend_totp_step", R"sql(
    update user_totp set last_step = $2 where user_id = $1 and last_step < $2
)sql"};

const db::Query confirm_totp_sql{"identity.confirm_totp", R"sql(
    update user_totp set confirmed_at = $2 where user_id = $1 and confirmed_at is null
)sql"};

const db::Query remove_totp_sql{"identity.remove_totp", R"sql(
    delete from user_totp where user_id = $1
)sql"};

const db::Query forget_codes_sql{"identity.forget_recovery_codes", R"sql(
    delete from recovery_codes where user_id = $1
)sql"};

const db::Query insert_codes_sql{"identity.insert_recovery_codes", R"sql(
    insert into recovery_codes (user_id, hash) select $1, h from unnest($2::text[]) h
)sql"};

const db::Query spend_code_sql{"identity.spend_recovery_code", R"sql(
    update recovery_codes set used_at = $3 where user_id = $1 and hash = $2 and used_at is null
)sql"};

const db::Query factors_sql{"identity.factors", R"sql(
    select exists (select from user_totp t where t.user_id = $1 and t.confirmed_at is not null) as totp,
           (select count(*) from recovery_codes r where r.user_id = $1 and r.used_at is null) as recovery_codes_left
)sql"};

const db::Query end_others_sql{"identity.end_other_sessions", R"sql(
    update credentials set ended_at = $3, end_reason = 'factor_changed'
     where user_id = $1 and hash <> $2 and kind = 'session' and ended_at is null
    returning hash
)sql"};

const db::Query distrust_sql{"identity.distrust_devices", R"sql(
    update devices set revoked_at = $2 where user_id = $1 and revoked_at is null
)sql"};

struct Totp {
    std::string secret;
    std::int64_t last_step = 0;
    std::optional<Time> confirmed_at;
    BOOST_DESCRIBE_CLASS(Totp, (), (secret, last_step, confirmed_at), (), ())
};

struct FactorCounts {
    bool totp = false;
    std::int64_t recovery_codes_left = 0;
    BOOST_DESCRIBE_CLASS(FactorCounts, (), (totp, recovery_codes_left), (), ())
};

constexpr std::size_t secret_bytes = 20;
constexpr std::string_view purpose = "user_totp.secret";
constexpr int code_count = 10;

std::int64_t step_at(Time now) {
    return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() / 30;
}

/// The step whose code it is, of the present one and its neighbours, so that clocks may differ a little.
std::optional<std::int64_t> step_of(std::string_view secret, std::string_view code, Time now) {
    std::optional<std::int64_t> found;
    for (auto step = step_at(now) - 1; step <= step_at(now) + 1; ++step) {
        if (equal_in_constant_time(one_time_code(secret, std::uint64_t(step)), code)) found = step;
    }
    return found;
}

/// "k3m9q-x7t2w": 50 random bits, without letters that look like others.
std::string make_recovery_code() {
    constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
    std::array<unsigned char, 10> random{};
    fill_random(random.data(), random.size());
    std::string code;
    for (std::size_t i = 0; i < random.size(); ++i) {
        if (i == random.size() / 2) code += '-';
        code += letters[random[i] % letters.size()];
    }
    return code;
}

/// However it was typed.
std::string plain(std::string_view code) {
    std::string out;
    for (char c : to_lower_ascii(code)) {
        if (c != '-' && c != ' ') out += c;
    }
    return out;
}

} // namespace

Task<Person> Identity::require_person(const http::Context& ctx) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto person = co_await db_.maybe<Person>(everyone, member_query(), ctx.account_id, ctx.principal.user_id);
    if (!person) throw session_ended();
    co_return std::move(*person);
}

Task<Factors> Identity::factors(http::Context& ctx) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto found = co_await db_.one<FactorCounts>(everyone, factors_sql, ctx.principal.user_id);
    auto keys = co_await list_passkeys(ctx);
    co_return Factors{found.totp, found.recovery_codes_left, std::move(keys.items)};
}

Task<TotpStarted> Identity::start_totp(http::Context& ctx) {
    auto person = co_await require_proved(ctx);
    std::string key(secret_bytes, '\0');
    fill_random(key.data(), key.size());
    auto sealed = sealer_.seal(key, purpose);
    auto everyone = beyond_account(ctx);
    auto done = co_await db_.exec(everyone, start_totp_sql, person.id, sealed, ctx.now());
    if (done == 0) throw conflict("totp_exists", "An app is set up already. Remove it first.");
    TotpStarted started{base32_encode(key), {}, {}};
    started.otpauth_url = "otpauth://totp/Doorstep:" + http::percent_encode(person.email.value) + "?secret=" + started.secret +
                          "&issuer=Doorstep&algorithm=SHA1&digits=6&period=30";
    started.qr = draw_qr(started.otpauth_url);
    co_return started;
}

Task<bool> Identity::spend_code(db::Session& tx, const Person& person, const std::string& code, Time now) {
    auto totp = co_await tx.maybe<Totp>(totp_sql, person.id);
    if (totp && totp->confirmed_at) {
        auto key = sealer_.open(totp->secret, purpose);
        auto step = key ? step_of(*key, plain(code), now) : std::nullopt;
        if (step) co_return co_await tx.exec(spend_step_sql, person.id, *step) == 1;
    }
    auto spent = co_await tx.exec(spend_code_sql, person.id, code_hash(person.id.text(), plain(code)), now);
    co_return spent == 1;
}

Task<RecoveryCodes> Identity::confirm_totp(http::Context& ctx, const FactorCode& input) {
    auto person = co_await require_person(ctx);
    auto everyone = beyond_account(ctx);
    co_await require_tries(everyone, person);
    auto now = ctx.now();
    auto body = [&](db::Session& tx) -> Task<std::optional<RecoveryCodes>> {
        auto totp = co_await tx.maybe<Totp>(totp_sql, person.id);
        if (!totp) throw conflict("totp_not_started", "Start with the secret first.");
        if (totp->confirmed_at) throw conflict("totp_exists", "An app is set up already. Remove it first.");
        auto key = sealer_.open(totp->secret, purpose);
        auto step = key ? step_of(*key, plain(input.code.value), now) : std::nullopt;
        if (!step) co_return std::nullopt;
        auto spent = co_await tx.exec(spend_step_sql, person.id, *step);
        auto first = co_await tx.exec(confirm_totp_sql, person.id, now);
        if (spent == 0 || first == 0) co_return std::nullopt;
        auto codes = make_codes(tx, person);
        co_await factor_changed(tx, ctx, person, "totp_added");
        co_return codes;
    };
    auto codes = co_await db_.transaction(everyone, body);
    if (!codes) co_await count_wrong_code(everyone, person);
    co_return std::move(*codes);
}

Task<> Identity::remove_totp(http::Context& ctx, const FactorCode& input) {
    auto person = co_await require_person(ctx);
    auto everyone = beyond_account(ctx);
    co_await require_tries(everyone, person);
    auto body = [&](db::Session& tx) -> Task<bool> {
        auto right = co_await spend_code(tx, person, input.code.value, ctx.now());
        if (!right) co_return false;
        auto removed = co_await tx.exec(remove_totp_sql, person.id);
        if (removed == 0) co_return false;
        tx.queue(forget_codes_sql, person.id);
        co_await factor_changed(tx, ctx, person, "totp_removed");
        co_return true;
    };
    auto removed = co_await db_.transaction(everyone, body);
    if (!removed) co_await count_wrong_code(everyone, person);
}

Task<RecoveryCodes> Identity::renew_recovery_codes(http::Context& ctx, const FactorCode& input) {
    auto person = co_await require_person(ctx);
    auto everyone = beyond_account(ctx);
    co_await require_tries(everyone, person);
    auto body = [&](db::Session& tx) -> Task<std::optional<RecoveryCodes>> {
        auto right = co_await spend_code(tx, person, input.code.value, ctx.now());
        if (!right) co_return std::nullopt;
        auto codes = make_codes(tx, person);
        co_await factor_changed(tx, ctx, person, "recovery_codes_made");
        co_return codes;
    };
    auto codes = co_await db_.transaction(everyone, body);
    if (!codes) co_await count_wrong_code(everyone, person);
    co_return std::move(*codes);
}

RecoveryCodes Identity::make_codes(db::Session& tx, const Person& person) {
    RecoveryCodes made;
    std::vector<std::string> hashes;
    for (int i = 0; i < code_count; ++i) {
        made.recovery_codes.push_back(make_recovery_code());
        hashes.push_back(code_hash(person.id.text(), plain(made.recovery_codes.back())));
    }
    tx.queue(forget_codes_sql, person.id);
    tx.queue(insert_codes_sql, person.id, hashes);
    return made;
}

/// Whoever holds another session, or a device that is trusted, has to prove anew who it is.
Task<> Identity::factor_changed(db::Session& tx, const http::Context& ctx, const Person& person, const std::string& what) {
    auto now = ctx.now();
    auto hashes = co_await tx.all<std::string>(end_others_sql, person.id, ctx.principal.credential, now);
    ended(tx, hashes);
    tx.queue(distrust_sql, person.id, now);
    alert(tx, ctx, person, what);
    co_await note(tx, ctx, what);
}

} // namespace doorstep::identity
