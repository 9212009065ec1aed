#include "modules/identity/identity.hpp"

#include "modules/identity/credential_cache.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

// The credential's tenant is set first, since the credentials are that tenant's own rows; no row, and the transaction ends
// before its work. OFFSET 0 keeps this order: the parts are planned for themselves. Then the account is entered in which the
// work is to be done: the same, or one of the agency's businesses.
const db::Query enter_sql{"identity.enter", R"sql(
    select case when e.home = $1 then e.home else set_config('app.account', $1::text, true) end
      from (select set_config('app.account', $4::text, true) as home, set_config('plan_cache_mode', $5, true) offset 0) e
     cross join lateral (
         select from credentials c
          where c.hash = $2 and c.account_id = e.home::uuid and c.ended_at is null
            and (c.expires_at is null or c.expires_at > $3::timestamptz)
         offset 0
     ) alive
     where e.home = $1 or exists (select from accounts a where a.id = $1::uuid and a.parent_id = e.home::uuid)
     limit 1
)sql"};

const db::Query find_sql{"identity.find", R"sql(
    select c.account_id, c.user_id, c.kind, case c.kind when 'api_key' then c.name else u.name end as name, m.role, c.scopes,
           c.last_used_at
      from credentials c
      join memberships m on m.account_id = c.account_id and m.user_id = c.user_id
      join users u on u.id = c.user_id
     where c.hash = $1 and c.ended_at is null and (c.expires_at is null or c.expires_at > $2)
)sql"};

const db::Query confirm_sql{"identity.confirm", "select true"};

const db::Query note_uses_sql{"identity.note_uses", R"sql(
    update credentials c set last_used_at = u.at
      from unnest($1::text[], $2::timestamptz[]) u (hash, at)
     where c.hash = u.hash and (c.last_used_at is null or c.last_used_at <= u.at - interval '1 minute')
)sql"};

const db::Query forget_credentials_sql{"identity.forget_credentials", R"sql(
    delete from credentials where coalesce(ended_at, expires_at) < $1
)sql"};

const db::Query forget_failures_sql{"identity.forget_failures", R"sql(
    delete from sign_in_failures where last_at < $1
)sql"};

// What waited in vain: letters, codes, windows of limits.
const db::Query forget_waiting_sql{"identity.forget_waiting", R"sql(
    with a as (delete from sign_ups where expires_at < $1::timestamptz - interval '90 days' returning 1),
         b as (delete from password_resets where expires_at < $1 returning 1),
         c as (delete from mfa_challenges where expires_at < $1 returning 1),
         d as (delete from rate_counts where ends_at < $1 returning 1),
         e as (delete from email_changes where expires_at < $1 returning 1)
    select (select count(*) from a) + (select count(*) from b) + (select count(*) from c) + (select count(*) from d)
           + (select count(*) from e)
)sql"};

const db::Query forget_devices_sql{"identity.forget_devices", R"sql(
    delete from devices where coalesce(revoked_at, trusted_until) < $1
)sql"};

const db::Query take_one_sql{"identity.take", R"sql(
    select app.take($1, $2, $3 * interval '1 second', $4)
)sql"};

const db::Query over_sql{"identity.over", R"sql(
    select ends_at from rate_counts where key = $1 and taken > $2 and ends_at > $3
)sql"};

enum class CredentialKind { session, api_key };
BOOST_DESCRIBE_ENUM(CredentialKind, session, api_key)

struct Found {
    Uuid account_id;
    Uuid user_id;
    CredentialKind kind;
    std::string name;
    std::string role;
    std::vector<std::string> scopes;
    std::optional<Time> last_used_at;
    BOOST_DESCRIBE_CLASS(Found, (), (account_id, user_id, kind, name, role, scopes, last_used_at), (), ())
};

/// The account that the sender wants to act in: refused where it makes no sense, never ignored.
std::optional<Uuid> acting_account(const http::Request& request) {
    auto wanted = request.header("X-Acting-Account");
    if (!wanted) return std::nullopt;
    auto id = Uuid::parse(*wanted);
    if (!id) throw bad_request("malformed_account", "X-Acting-Account must be an account's id.");
    return id;
}

} // namespace

const db::Query& enter_query() {
    return enter_sql;
}

const db::Query& take_sql() {
    return take_one_sql;
}

Identity::Identity(const Parts& parts)
    : db_(parts.db),
      accounts_(parts.accounts),
      audit_(parts.audit),
      events_(parts.events),
      blocking_(parts.blocking),
      letters_(parts.letters),
      google_(parts.google),
      sealer_(parts.sealer),
      places_(parts.places),
      public_url_(parts.public_url),
      csrf_key_(parts.sealer.derive("csrf")),
      code_key_(parts.sealer.derive("sign-in code")),
      tokens_(std::make_unique<SessionTokens>(parts.sealer)),
      cache_(std::make_unique<CredentialCache>()) {}

Identity::~Identity() = default;

Task<http::Principal> Identity::authenticate(http::Context& ctx) {
    auto shown = presented(*ctx.request);
    if (!shown) co_return http::Principal{};
    auto access = tokens_->read_access(shown->token);
    if (access && access->until <= ctx.now()) throw Error(401, "token_expired", "Refresh your session, or sign in again.");
    auto& secret = access ? access->secret : shown->token;
    auto hash = sha256_hex(secret);
    auto principal = cache_->find(hash, ctx.now());
    if (!principal) {
        principal = co_await look_up(ctx, hash);
        if (!principal) throw session_ended();
        cache_->keep(*principal, ctx.now());
    }
    bool is_session = principal->kind == http::Principal::Kind::session;
    // A session's bare secret opens nothing.
    if (is_session != access.has_value()) throw session_ended();
    // A key needs no CSRF token, and so may not come in the way that a browser adds by itself.
    if (shown->by_cookie && !is_session) throw unauthorized();
    if (shown->by_cookie) principal->csrf_token = csrf_token(secret);
    auto kind = is_session ? Actor::Kind::user : Actor::Kind::api_key;
    ctx.account_id = principal->account_id;
    ctx.credential = hash;
    ctx.actor = Actor{kind, principal->user_id, principal->user_name};
    auto wanted = acting_account(*ctx.request);
    if (wanted && *wanted != principal->account_id) co_await act_in(ctx, *principal, *wanted);
    ctx.principal = *principal;
    co_return std::move(*principal);
}

Task<> Identity::act_in(http::Context& ctx, http::Principal& principal, Uuid account) {
    auto refused = forbidden("You may not act in that account.");
    auto role = accounts::role_while_acting(accounts::role_named(principal.role));
    if (!role) throw refused;
    auto business = co_await accounts_.find_business(ctx, Id<accounts::Account>{account});
    if (!business) throw refused;
    principal.role = enum_text(*role);
    principal.home_account_id = principal.account_id;
    principal.account_id = account;
    ctx.account_id = account;
    ctx.actor.home_account = principal.home_account_id;
}

Task<std::optional<http::Principal>> Identity::look_up(const http::Context& ctx, const std::string& hash) {
    auto everyone = everywhere(ctx);
    auto now = ctx.now();
    auto found = co_await db_.maybe<Found>(everyone, find_sql, hash, now);
    if (!found) co_return std::nullopt;

    http::Principal principal;
    principal.account_id = found->account_id;
    principal.user_id = found->user_id;
    principal.user_name = found->name;
    principal.role = found->role;
    principal.credential = hash;
    if (found->kind == CredentialKind::session) {
        principal.kind = http::Principal::Kind::session;
        principal.scopes = {"*"};
    } else {
        principal.kind = http::Principal::Kind::api_key;
        principal.scopes = {found->scopes.begin(), found->scopes.end()};
        principal.scopes.emplace(own_scope);
    }

    if (!found->last_used_at || now - *found->last_used_at >= std::chrono::minutes(1)) uses_[hash] = now;
    co_return principal;
}

Task<> Identity::confirm(http::Context& ctx) {
    // Entering the account is the question.
    co_await db_.one<bool>(ctx, confirm_sql);
}

Task<> Identity::note_uses(Context& ctx) {
    if (uses_.empty()) co_return;
    auto uses = std::exchange(uses_, {});
    std::vector<std::string> hashes;
    std::vector<Time> times;
    for (auto& [hash, at] : uses) {
        hashes.push_back(hash);
        times.push_back(at);
    }
    auto everyone = everywhere(ctx);
    co_await db_.exec(everyone, note_uses_sql, hashes, times);
}

Task<std::int64_t> Identity::forget_ended(Context& ctx) {
    auto everyone = everywhere(ctx);
    auto old = ctx.now() - session_life;
    auto yesterday = ctx.now() - std::chrono::days(1);
    auto credentials = co_await db_.exec(everyone, forget_credentials_sql, old);
    auto devices = co_await db_.exec(everyone, forget_devices_sql, old);
    auto failures = co_await db_.exec(everyone, forget_failures_sql, yesterday);
    auto waiting = co_await db_.one<std::int64_t>(everyone, forget_waiting_sql, yesterday);
    co_return credentials + devices + failures + waiting;
}

Task<> Identity::take(const Context& everyone, const std::string& key, std::chrono::seconds window, int most) {
    auto now = everyone.now();
    auto hash = sha256_hex(key);
    auto until = co_await db_.one<std::optional<Time>>(everyone, take_one_sql, hash, now, window.count(), most);
    if (until) throw too_many("Too many tries. Wait a moment.", std::chrono::ceil<std::chrono::seconds>(*until - now));
}

Task<> Identity::require_below(const Context& everyone, const std::string& key, int most) {
    auto now = everyone.now();
    auto hash = sha256_hex(key);
    auto until = co_await db_.maybe<Time>(everyone, over_sql, hash, most, now);
    if (until) throw too_many("Too many tries. Wait a moment.", std::chrono::ceil<std::chrono::seconds>(*until - now));
}

Place Identity::place_of(const std::string& address) const {
    return places_ ? places_->find(address) : Place{};
}

std::string Identity::csrf_token(std::string_view secret) const {
    return base64url_encode(hmac_sha256(csrf_key_, secret));
}

void Identity::set_cookies(http::Context& ctx, const std::string& secret, Time until, std::uint32_t generation) const {
    // The browser may keep them longer than they are good for: when that ends is the store's to say.
    auto max_age = std::chrono::seconds(session_life).count();
    std::string in(sign_in_path);
    ctx.set_cookie({.name = std::string(session_cookie), .value = tokens_->access(secret, until), .max_age = max_age});
    ctx.set_cookie(
        {.name = std::string(refresh_cookie),
         .value = tokens_->refresh(secret, generation),
         .max_age = max_age,
         .path = in,
         .same_site = "Strict"}
    );
    ctx.set_cookie({.name = std::string(csrf_cookie), .value = csrf_token(secret), .max_age = max_age, .http_only = false});
}

void Identity::clear_cookies(http::Context& ctx) const {
    std::string in(sign_in_path);
    ctx.set_cookie({.name = std::string(session_cookie), .max_age = 0});
    ctx.set_cookie({.name = std::string(refresh_cookie), .max_age = 0, .path = in, .same_site = "Strict"});
    ctx.set_cookie({.name = std::string(csrf_cookie), .max_age = 0, .http_only = false});
}

void Identity::ended(db::Session& tx, std::string hash) {
    tx.after_commit([this, hash = std::move(hash)] {
        cache_->forget(hash);
        uses_.erase(hash);
        if (on_ended_) on_ended_(hash);
    });
}

void Identity::ended(db::Session& tx, const std::vector<std::string>& hashes) {
    for (auto& hash : hashes) ended(tx, hash);
}

} // namespace doorstep::identity
