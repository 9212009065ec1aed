// Signing in and out, and who am I.

#include <chrono>

#include "core/log.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

const db::Query locked_sql{"identity.locked", R"sql(
    select max(locked_until) from sign_in_failures where key = any ($1) and locked_until > $2
)sql"};

const db::Query count_failure_sql{"identity.count_failure", R"sql(
    select app.count_sign_in_failure($1, $2)
)sql"};

const db::Query clear_failures_sql{"identity.clear_failures", R"sql(
    delete from sign_in_failures where key = any ($1)
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
          select account_id from memberships where user_id = u.id order by role = 'owner' desc, created_at, account_id limit 1
      ) m on true
     where u.email_key = $1 and u.email_verified_at is not null
)sql"};

// Nothing, if the password or the membership has changed since it was looked up.
const db::Query insert_session_sql{"identity.insert_session", R"sql(
    insert into credentials (account_id, id, user_id, kind, hash, name, prefix, address, created_at, expires_at, last_used_at)
    select m.account_id, $3, m.user_id, 'session', $4, $5, $6, $7, $8, $9, $8
      from memberships m join users u on u.id = m.user_id
     where m.account_id = $1 and m.user_id = $2 and u.password_hash = $10
    returning id
)sql"};

const db::Query end_previous_sql{"identity.end_previous", R"sql(
    update credentials set ended_at = $2, end_reason = 'replaced' where hash = $1 and kind = 'session' and ended_at is null
)sql"};

const db::Query end_session_sql{"identity.end_session", R"sql(
    update credentials set ended_at = $3, end_reason = 'signed_out'
     where account_id = $1 and hash = $2 and kind = 'session' and ended_at is null
)sql"};

const db::Query me_sql{"identity.me", R"sql(
    select u.id as user_id, u.name as user_name, u.email as user_email, a.id, a.parent_id, a.kind, a.name, a.agent_code, a.zone,
           a.created_at
      from accounts a join users u on u.id = $2
     where a.id = $1
)sql"};

struct FoundUser {
    Id<accounts::User> id;
    std::string name;
    Email email;
    std::optional<std::string> password_hash;
    Uuid account_id;
    bool known_address;
    BOOST_DESCRIBE_CLASS(FoundUser, (), (id, name, email, password_hash, account_id, known_address), (), ())
};

struct MeRow : accounts::Account {
    Id<accounts::User> user_id;
    std::string user_name;
    Email user_email;
    BOOST_DESCRIBE_CLASS(MeRow, (accounts::Account), (user_id, user_name, user_email), (), ())
};

Error wrong() {
    return {401, "wrong_credentials", "The e-mail address or the password is wrong."};
}

void require_unlocked(const std::optional<Time>& locked_until, Time now) {
    if (!locked_until) return;
    auto wait = std::chrono::ceil<std::chrono::seconds>(*locked_until - now);
    Error error{429, "locked", "Too many wrong passwords. Try again in " + std::to_string(wait.count()) + " seconds."};
    error.retry_after = wait;
    throw error;
}

/// What wrong passwords are counted by. Whoever signs in from an address that the user has signed in from is held up by the
/// failures from there alone, so that strangers can't lock the user out.
std::vector<std::string> failure_keys(const std::string& email_key, const std::string& address, bool known_address) {
    std::vector<std::string> keys{sha256_hex("address " + address + " " + email_key)};
    if (!known_address) keys.push_back(sha256_hex("email " + email_key));
    return keys;
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

Task<SignedIn> Identity::sign_in(http::Context& ctx, const Login& input) {
    // Failures count whatever becomes of a surrounding transaction.
    doorstep::Context everyone = ctx;
    everyone.account_id = {};
    everyone.all_accounts = true;
    everyone.credential.reset();
    everyone.actor = {};

    auto now = ctx.now();
    auto email_key = input.email.key();
    auto user = co_await db_.maybe<FoundUser>(everyone, find_user_sql, email_key, ctx.ip, now - session_life);
    auto keys = failure_keys(email_key, ctx.ip, user && user->known_address);
    auto locked = co_await db_.one<std::optional<Time>>(everyone, locked_sql, keys, now);
    require_unlocked(locked, now);

    auto known_hash = user ? user->password_hash : std::nullopt;
    auto right = co_await verify(input.password.value, known_hash);
    if (!right) {
        locked = co_await db_.one<std::optional<Time>>(everyone, count_failure_sql, keys, now);
        log::info("sign-in refused", {{"request_id", ctx.trace_id}});
        require_unlocked(locked, now);
        throw wrong();
    }

    everyone.account_id = user->account_id;
    everyone.actor = Actor{Actor::Kind::user, user->id.value, user->name};
    auto token = make_session_token();
    auto previous = ctx.request->cookie(session_cookie);
    auto body = [&](db::Session& tx) -> Task<> {
        // Of guesses sent all at once, a right one after the fifth wrong one is not to be told from another wrong one.
        auto locked_meanwhile = co_await tx.one<std::optional<Time>>(locked_sql, keys, now);
        require_unlocked(locked_meanwhile, now);
        auto id = Uuid::v7(now);
        auto hash = sha256_hex(token);
        auto prefix = token.substr(0, 10);
        auto until = now + session_idle;
        auto made = co_await tx.maybe<Uuid>(
            insert_session_sql, user->account_id, user->id, id, hash, ctx.user_agent, prefix, ctx.ip, now, until, *known_hash
        );
        if (!made) throw wrong();
        tx.queue(clear_failures_sql, keys);
        if (previous) {
            auto previous_hash = sha256_hex(*previous);
            tx.queue(end_previous_sql, previous_hash, now);
            ended(tx, previous_hash);
        }
        events_.record(tx, everyone, {.kind = "signed_in"});
    };
    co_await db_.transaction(everyone, body);

    set_cookies(ctx, token);
    accounts::User shown{user->id, user->name, user->email};
    auto lives = std::chrono::seconds(session_idle).count();
    co_return SignedIn{token, lives, std::move(shown)};
}

Task<> Identity::sign_out(http::Context& ctx) {
    if (ctx.principal.kind != http::Principal::Kind::session) throw forbidden("An API key is revoked, not signed out.");
    auto hash = ctx.principal.credential;
    auto body = [&](db::Session& tx) -> Task<> {
        auto done = co_await tx.exec(end_session_sql, ctx.account_id, hash, ctx.now());
        if (done == 0) throw unauthorized("Your session has ended already.");
        events_.record(tx, ctx, {.kind = "signed_out"});
        ended(tx, hash);
    };
    co_await db_.transaction(ctx, body);
    clear_cookies(ctx);
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
        if (auto shown = presented(*ctx.request)) me.csrf_token = csrf_token(shown->token);
    }
    co_return me;
}

} // namespace doorstep::identity
