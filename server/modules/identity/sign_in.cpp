// Signing in with a password, and who am I.

#include <chrono>

#include "core/log.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

const db::Query locked_sql{"identity.locked", R"sql(
    select max(locked_until) from sign_in_failures where key = any ($1) and locked_until > $2
)sql"};

const db::Query count_failure_sql{"identity.count_failure", R"sql(
    select app.count_sign_in_failure($1, $2)
)sql"};

// Of several accounts the own one comes first, then the oldest membership. `known_address`: the user has signed in from there.
const db::Query find_user_sql{"identity.find_user", R"sql(
    select u.id, u.name, u.email, u.password_hash, m.account_id,
           exists (
               select from credentials c
                where c.account_id = m.account_id and c.user_id = u.id and c.kind = 'session' and c.address = $2
                  and c.created_at > $3
           ) as known_address
      from users u
      join lateral (
          select account_id from memberships where user_id = u.id and deactivated_at is null order by role = 'owner' desc, created_at, account_id limit 1
      ) m on true
     where u.email_key = $1 and u.email_verified_at is not null
)sql"};

// Nobody has signed up with this password and not answered the letter, unless there is a row.
const db::Query pending_sign_up_sql{"identity.pending_sign_up", R"sql(
    select s.password_hash from sign_ups s join users u on u.id = s.user_id
     where u.email_key = $1 and s.expires_at > $2 order by s.created_at desc limit 1
)sql"};

// Those who sign in as the same person take turns; nothing, if the password has changed since it was compared.
const db::Query hold_password_sql{"identity.hold_password", R"sql(
    select true from users where id = $1 and password_hash = $2 for no key update
)sql"};

const db::Query circumstances_sql{"identity.circumstances", R"sql(
    select u.last_sign_in_at,
           (
               select d.id from devices d
                where d.user_id = u.id and d.hash = $2 and d.revoked_at is null and d.trusted_until > $3
                  and ($4::text is null or d.own_id_hash is null or d.own_id_hash = $4)
                  and ($5::text is null or d.fingerprint_hash is null or d.fingerprint_hash = $5)
           ) as device_id,
           exists (select from sign_in_places p where p.user_id = u.id and p.network = $6) as known_network,
           exists (select from user_totp t where t.user_id = u.id and t.confirmed_at is not null) as has_totp,
           (select coalesce(max(failures + 5 * locks), 0) from sign_in_failures where key = any ($7)) as failures
      from users u where u.id = $1
)sql"};

const db::Query me_sql{"identity.me", R"sql(
    select u.id as user_id, u.name as user_name, u.email as user_email, a.id, a.parent_id, a.kind, a.name, a.agent_code, a.zone,
           a.created_at
      from accounts a join users u on u.id = $2
     where a.id = $1
)sql"};

struct FoundUser : Person {
    std::optional<std::string> password_hash;
    bool known_address = false;
    BOOST_DESCRIBE_CLASS(FoundUser, (Person), (password_hash, known_address), (), ())
};

struct MeRow : accounts::Account {
    Id<accounts::User> user_id;
    std::string user_name;
    Email user_email;
    BOOST_DESCRIBE_CLASS(MeRow, (accounts::Account), (user_id, user_name, user_email), (), ())
};

struct Circumstances {
    std::optional<Time> last_sign_in_at;
    std::optional<Uuid> device_id;
    bool known_network = false;
    bool has_totp = false;
    std::int64_t failures = 0;
    BOOST_DESCRIBE_CLASS(Circumstances, (), (last_sign_in_at, device_id, known_network, has_totp, failures), (), ())
};

/// What makes a right password not enough. A first sign-in has nothing to be compared with.
std::optional<MfaReason> suspicion(const Circumstances& seen, Time now) {
    constexpr std::chrono::days long_absence{30};
    constexpr int many_failures = 3;
    if (!seen.last_sign_in_at) return std::nullopt;
    if (!seen.device_id) return MfaReason::new_device;
    if (seen.failures >= many_failures) return MfaReason::failures;
    if (!seen.known_network) return MfaReason::new_network;
    if (now - *seen.last_sign_in_at > long_absence) return MfaReason::inactivity;
    return std::nullopt;
}

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
    auto locked = co_await db_.one<std::optional<Time>>(everyone, locked_sql, keys, now);
    require_unlocked(locked, now);

    auto hash = user ? user->password_hash : co_await db_.maybe<std::string>(everyone, pending_sign_up_sql, email_key, now);
    auto right = co_await verify(input.password.value, hash);
    if (!right) {
        locked = co_await db_.one<std::optional<Time>>(everyone, count_failure_sql, keys, now);
        log::info("sign-in refused", {{"request_id", ctx.trace_id}});
        require_unlocked(locked, now);
        co_await take(everyone, address_key(ctx), address_window, most_failures_of_address);
        throw wrong_credentials();
    }
    if (!user) throw Error(403, "email_not_verified", "Open the link in the letter we sent you first.");

    Entry entry{.person = *user};
    entry.own_id_hash = hash_of(value_of(input.deviceId));
    entry.fingerprint_hash = hash_of(value_of(input.deviceFingerprint));
    entry.failure_keys = keys;
    auto device_hash = hash_of(ctx.request->cookie(device_cookie));
    auto network = network_of(ctx.ip);
    auto actor = acting(ctx, *user);
    auto body = [&](db::Session& tx) -> Task<SignInAnswer> {
        auto unchanged = co_await tx.maybe<bool>(hold_password_sql, user->id, *hash);
        if (!unchanged) throw wrong_credentials();
        // Of guesses sent all at once, a right one after the fifth wrong one is not to be told from another wrong one.
        auto locked_meanwhile = co_await tx.one<std::optional<Time>>(locked_sql, keys, now);
        require_unlocked(locked_meanwhile, now);
        auto seen = co_await tx.one<Circumstances>(
            circumstances_sql, user->id, device_hash, now, entry.own_id_hash, entry.fingerprint_hash, network, keys
        );
        entry.device_id = seen.device_id;
        entry.trust = input.trustDevice.value_or(!seen.last_sign_in_at);
        auto type = seen.has_totp ? MfaType::totp : MfaType::email_otp;
        if (auto reason = suspicion(seen, now)) co_return co_await challenge(tx, actor, entry, type, *reason);
        co_return co_await begin(tx, ctx, actor, entry);
    };
    co_return co_await db_.transaction(actor, body);
}

Task<Me> Identity::me(http::Context& ctx) {
    auto& who = ctx.principal;
    auto row = co_await db_.maybe<MeRow>(ctx, me_sql, ctx.account_id, who.user_id);
    if (!row) throw unauthorized();
    Me me;
    me.user = {row->user_id, row->user_name, row->user_email};
    me.account = *row;
    if (who.account_id != ctx.account_id) {
        auto business = co_await accounts_.find_business(ctx, {who.account_id});
        if (!business) throw forbidden("You may not act in that account any more.");
        me.home_account = std::exchange(me.account, std::move(*business));
    }
    me.role = accounts::role_named(who.role);
    for (auto& scope : who.scopes) {
        if (scope != own_scope) me.scopes.push_back(scope);
    }
    if (who.kind == http::Principal::Kind::session) {
        auto shown = presented(*ctx.request);
        auto access = shown ? tokens_->read_access(shown->token) : std::nullopt;
        if (access) me.csrf_token = csrf_token(access->secret);
    }
    co_return me;
}

} // namespace doorstep::identity
