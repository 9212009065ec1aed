// Signing in with a password.

#include "core/log.hpp"
#include "modules/identity/circumstances.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

// Of several accounts the own one comes first, then the oldest membership. `known_address`: the user has signed in from there.
const db::Query find_user_sql{"identity.find_user", R"sql(
    select u.id, u.name, u.email, u.password_hash, m.account_id,
           exists (
               select from credentials c
                where c.account_id = m.account_id and c.user_id = u.id and c.kind = 'session' and c.address = $2
                  and c.created_at > $3
           ) as known_address
      from users u
)sql" HOME_MEMBERSHIP R"sql(
     where u.email_key = $1 and u.email_verified_at is not null
)sql"};

// Nobody has signed up with this password and not answered the letter, be it over by now, unless there is a row.
const db::Query pending_sign_up_sql{"identity.pending_sign_up", R"sql(
    select s.password_hash from sign_ups s join users u on u.id = s.user_id
     where u.email_key = $1 order by s.created_at desc limit 1
)sql"};

// Those who sign in as the same person take turns; nothing, if the password has changed since it was compared.
const db::Query hold_password_sql{"identity.hold_password", R"sql(
    select true from users where id = $1 and password_hash = $2 for no key update
)sql"};

struct FoundUser : Person {
    std::optional<std::string> password_hash;
    bool known_address = false;
    BOOST_DESCRIBE_CLASS(FoundUser, (Person), (password_hash, known_address), (), ())
};

std::optional<std::string> value_of(const auto& line) {
    return line ? std::optional(line->value) : std::nullopt;
}

} // namespace

Task<bool> Identity::verify(std::string password, std::optional<std::string> hash) {
    ++passwords_verified_;
    auto compare = [password = std::move(password), hash = std::move(hash)] {
        auto& unmatched = unmatched_password_hash();
        return verify_password(hash ? *hash : unmatched, password);
    };
    co_return co_await blocking_.run(compare);
}

Task<SignInAnswer> Identity::sign_in(http::Context& ctx, const Login& input) {
    // Failures count whatever becomes of a surrounding transaction.
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto now = ctx.now();
    co_await require_below(everyone, address_key(ctx), most_failures_of_address);

    auto email_key = input.email.key();
    auto user = co_await db_.maybe<FoundUser>(everyone, find_user_sql, email_key, ctx.ip, now - session_life);
    auto keys = failure_keys(email_key, ctx.ip, user && user->known_address);
    auto locked = co_await db_.one<std::optional<Time>>(everyone, locked_query(), keys, now);
    require_unlocked(locked, now);

    auto hash = user ? user->password_hash : co_await db_.maybe<std::string>(everyone, pending_sign_up_sql, email_key);
    auto right = co_await verify(input.password.value, hash);
    if (!right) {
        locked = co_await count_failure(everyone, input.email, keys);
        log::info("sign-in refused", {{"request_id", ctx.trace_id}});
        require_unlocked(locked, now);
        co_await take(everyone, address_key(ctx), address_window, most_failures_of_address);
        throw wrong_credentials();
    }
    if (!user) throw Error(403, "email_not_verified", "Open the link in the letter we sent you first, or ask for another one.");

    Entry entry{.person = *user};
    entry.own_id_hash = hash_of(value_of(input.deviceId));
    entry.fingerprint_hash = hash_of(value_of(input.deviceFingerprint));
    entry.failure_keys = keys;
    auto device_hash = hash_of(ctx.request->cookie(device_cookie));
    auto place = place_of(ctx.ip);
    auto actor = acting(ctx, *user);
    auto body = [&](db::Session& tx) -> Task<SignInAnswer> {
        auto unchanged = co_await tx.maybe<bool>(hold_password_sql, user->id, *hash);
        if (!unchanged) throw wrong_credentials();
        // Of guesses sent all at once, a right one after the fifth wrong one is not to be told from another wrong one.
        auto locked_meanwhile = co_await tx.one<std::optional<Time>>(locked_query(), keys, now);
        require_unlocked(locked_meanwhile, now);
        auto seen = co_await tx.one<Circumstances>(
            circumstances_query(), user->id, device_hash, now, entry.own_id_hash, entry.fingerprint_hash, network_of(ctx.ip),
            keys, place.country
        );
        entry.device_id = seen.device_id;
        entry.trust = input.trustDevice.value_or(!seen.last_sign_in_at);
        auto type = seen.has_totp ? MfaType::totp : MfaType::email_otp;
        if (auto reason = suspicion(seen, place, now)) co_return co_await challenge(tx, actor, entry, type, *reason);
        co_return co_await begin(tx, ctx, actor, entry);
    };
    co_return co_await db_.transaction(actor, body);
}

} // namespace doorstep::identity
