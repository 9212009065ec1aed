// A session's life: begun, refreshed, ended.

#include "core/log.hpp"
#include "modules/identity/credential_cache.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

const db::Query member_sql{"identity.member", R"sql(
    select u.id, u.name, u.email, m.account_id
      from memberships m join users u on u.id = m.user_id
     where m.account_id = $1 and m.user_id = $2
)sql"};

const db::Query insert_session_sql{"identity.insert_session", R"sql(
    insert into credentials (account_id, id, user_id, kind, hash, name, prefix, address, method, device_id, created_at,
                             expires_at, rotated_at, last_used_at, proved_at)
    select account_id, $3, user_id, 'session', $4, $5, $6, $7, $8, $9, $10, $11, $10, $10, $12
      from memberships where account_id = $1 and user_id = $2
    returning id
)sql"};

const db::Query insert_device_sql{"identity.insert_device", R"sql(
    insert into devices (id, user_id, hash, name, own_id_hash, fingerprint_hash, address, created_at, last_seen_at, trusted_until)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
)sql"};

const db::Query touch_device_sql{"identity.touch_device", R"sql(
    update devices set last_seen_at = $2, trusted_until = $3, address = $4, name = $5 where id = $1
)sql"};

const db::Query note_sign_in_sql{"identity.note_sign_in", R"sql(
    update users set last_sign_in_at = $2 where id = $1
)sql"};

const db::Query note_place_sql{"identity.note_place", R"sql(
    insert into sign_in_places (user_id, network, last_at, country, latitude, longitude) values ($1, $2, $3, $4, $5, $6)
    on conflict (user_id, network) do update
       set last_at = excluded.last_at, country = excluded.country, latitude = excluded.latitude, longitude = excluded.longitude
)sql"};

const db::Query clear_failures_sql{"identity.clear_failures", R"sql(
    delete from sign_in_failures where key = any ($1)
)sql"};

const db::Query end_previous_sql{"identity.end_previous", R"sql(
    update credentials set ended_at = $2, end_reason = 'replaced' where hash = $1 and kind = 'session' and ended_at is null
)sql"};

const db::Query rotate_sql{"identity.rotate", R"sql(
    update credentials
       set generation = generation + 1, rotated_at = $3, expires_at = least($4, created_at + $5 * interval '1 second'),
           last_used_at = $3
     where hash = $1 and kind = 'session' and generation = $2 and ended_at is null and expires_at > $3
    returning generation, rotated_at
)sql"};

const db::Query spent_sql{"identity.spent", R"sql(
    select c.account_id, c.user_id as id, u.name, u.email, c.generation, c.rotated_at
      from credentials c join users u on u.id = c.user_id
     where c.hash = $1 and c.kind = 'session' and c.ended_at is null and c.expires_at > $2
)sql"};

const db::Query end_reused_sql{"identity.end_reused", R"sql(
    update credentials set ended_at = $2, end_reason = 'reused' where hash = $1 and ended_at is null
)sql"};

const db::Query end_session_sql{"identity.end_session", R"sql(
    update credentials set ended_at = $3, end_reason = 'signed_out'
     where account_id = $1 and hash = $2 and kind = 'session' and ended_at is null
)sql"};

const db::Query end_all_sql{"identity.end_all", R"sql(
    update credentials set ended_at = $2, end_reason = 'signed_out'
     where user_id = $1 and kind = 'session' and ended_at is null
    returning hash
)sql"};

const db::Query find_device_sql{"identity.find_device", R"sql(
    select id from devices where user_id = $1 and hash = $2 and revoked_at is null and trusted_until > $3
)sql"};

struct Rotation {
    std::int64_t generation = 0;
    Time rotated_at;
    BOOST_DESCRIBE_CLASS(Rotation, (), (generation, rotated_at), (), ())
};

/// What the security log keeps of a sign-in.
struct EntryFacts {
    std::string method;
    bool trusted_from_now = false;
    BOOST_DESCRIBE_CLASS(EntryFacts, (), (method, trusted_from_now), (), ())
};

struct Spent : Person {
    std::int64_t generation = 0;
    std::optional<Time> rotated_at;
    BOOST_DESCRIBE_CLASS(Spent, (Person), (generation, rotated_at), (), ())
};

} // namespace

const db::Query& member_query() {
    return member_sql;
}

Task<std::optional<Uuid>> Identity::find_device(
    db::Session& tx, const Person& person, const std::optional<std::string>& device_hash, Time now
) {
    co_return co_await tx.maybe<Uuid>(find_device_sql, person.id, device_hash, now);
}

Uuid Identity::trust_browser(db::Session& tx, http::Context& ctx, const Entry& entry) {
    auto now = ctx.now();
    auto id = Uuid::v7(now);
    auto secret = random_token();
    auto hash = sha256_hex(secret);
    tx.queue(
        insert_device_sql, id, entry.person.id, hash, ctx.user_agent, entry.own_id_hash, entry.fingerprint_hash, ctx.ip, now,
        now + device_trust
    );
    tx.after_commit([&ctx, secret] {
        ctx.set_cookie(
            {.name = std::string(device_cookie),
             .value = secret,
             .max_age = std::chrono::seconds(std::chrono::days(400)).count(),
             .path = std::string(sign_in_path)}
        );
    });
    return id;
}

void Identity::note_place(db::Session& tx, const http::Context& ctx, const Person& person) {
    auto now = ctx.now();
    tx.queue(note_sign_in_sql, person.id, now);
    auto place = place_of(ctx.ip);
    tx.queue(note_place_sql, person.id, network_of(ctx.ip), now, place.country, place.latitude, place.longitude);
}

void Identity::note_presence(db::Session& tx, http::Context& ctx, const Person& person) {
    Entry entry{.person = person};
    trust_browser(tx, ctx, entry);
    note_place(tx, ctx, person);
}

Task<SignedIn> Identity::begin(db::Session& tx, http::Context& ctx, const doorstep::Context& actor, const Entry& entry) {
    auto now = ctx.now();
    auto& person = entry.person;
    auto device_id = entry.device_id;
    if (device_id)
        tx.queue(touch_device_sql, device_id, now, now + device_trust, ctx.ip, ctx.user_agent);
    else if (entry.trust)
        device_id = trust_browser(tx, ctx, entry);

    auto secret = SessionTokens::make_secret();
    auto hash = sha256_hex(secret);
    auto id = Uuid::v7(now);
    auto prefix = secret.substr(0, 6);
    auto until = now + session_idle;
    auto made = co_await tx.maybe<Uuid>(
        insert_session_sql, person.account_id, person.id, id, hash, ctx.user_agent, prefix, ctx.ip, entry.method, device_id,
        now, until, entry.proved ? std::optional(now) : std::nullopt
    );
    if (!made) throw wrong_credentials();
    note_place(tx, ctx, person);
    if (!entry.failure_keys.empty()) tx.queue(clear_failures_sql, entry.failure_keys);
    auto previous = ctx.request->cookie(session_cookie);
    auto access = previous ? tokens_->read_access(*previous) : std::nullopt;
    if (access) {
        auto previous_hash = sha256_hex(access->secret);
        tx.queue(end_previous_sql, previous_hash, now);
        ended(tx, previous_hash);
    }
    co_await note(
        tx, actor, std::string(entry.act), Json{to_json(EntryFacts{std::string(entry.method), entry.trust && !entry.device_id})}
    );

    auto access_until = now + access_life;
    tx.after_commit([this, &ctx, secret, access_until] { set_cookies(ctx, secret, access_until, 0); });
    User shown{person.id, person.name, person.email};
    co_return SignedIn{tokens_->access(secret, access_until), std::chrono::seconds(access_life).count(), std::move(shown)};
}

Task<SignedIn> Identity::begin_session(db::Session& tx, http::Context& ctx, Id<User> user, Uuid account) {
    auto everyone = everywhere(ctx);
    everyone.outer = &tx;
    auto body = [&](db::Session& inner) -> Task<SignedIn> {
        auto person = co_await inner.maybe<Person>(member_sql, account, user);
        if (!person) throw not_found("member of this account");
        Entry entry{.person = *person};
        entry.method = "invitation";
        entry.trust = true;
        auto actor = acting(ctx, *person);
        co_return co_await begin(inner, ctx, actor, entry);
    };
    co_return co_await db_.transaction(everyone, body);
}

Task<Refreshed> Identity::refresh(http::Context& ctx, const RefreshRequest& input) {
    auto in_body = input.refreshToken.has_value();
    auto token = in_body ? std::optional(input.refreshToken->value) : ctx.request->cookie(refresh_cookie);
    auto shown = token ? tokens_->read_refresh(*token) : std::nullopt;
    if (!shown) throw unauthorized();
    auto now = ctx.now();
    auto hash = sha256_hex(shown->secret);
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto life = std::chrono::seconds(session_life).count();
    auto next = co_await db_.maybe<Rotation>(everyone, rotate_sql, hash, shown->generation, now, now + session_idle, life);
    if (!next) {
        auto spent = co_await db_.maybe<Spent>(everyone, spent_sql, hash, now);
        if (!spent) {
            clear_cookies(ctx);
            throw session_ended();
        }
        bool just_now = spent->rotated_at && now - *spent->rotated_at < refresh_grace;
        if (spent->generation != shown->generation + 1 || !just_now) {
            clear_cookies(ctx);
            co_await end_reused(ctx, *spent, hash);
            throw session_ended();
        }
        next = Rotation{spent->generation, *spent->rotated_at};
    }
    auto until = next->rotated_at + access_life;
    auto generation = static_cast<std::uint32_t>(next->generation);
    set_cookies(ctx, shown->secret, until, generation);
    Refreshed refreshed{
        tokens_->access(shown->secret, until), std::chrono::ceil<std::chrono::seconds>(until - now).count(), {}
    };
    if (in_body) refreshed.refreshToken = tokens_->refresh(shown->secret, generation);
    co_return refreshed;
}

/// Two hold the same token, and one of them is not its owner.
Task<> Identity::end_reused(const http::Context& ctx, const Person& person, const std::string& hash) {
    auto actor = acting(ctx, person);
    auto body = [&](db::Session& tx) -> Task<> {
        auto done = co_await tx.exec(end_reused_sql, hash, ctx.now());
        if (done == 0) co_return;
        ended(tx, hash);
        alert(tx, actor, person, "session_reused");
        co_await note(tx, actor, "session_reused");
    };
    co_await db_.transaction(actor, body);
    log::warn("a spent refresh token was shown again", {{"request_id", ctx.trace_id}});
}

Task<> Identity::sign_out(http::Context& ctx) {
    if (ctx.principal.kind != http::Principal::Kind::session) throw forbidden("An API key is revoked, not signed out.");
    auto hash = ctx.principal.credential;
    auto body = [&](db::Session& tx) -> Task<> {
        auto done = co_await tx.exec(end_session_sql, ctx.account_id, hash, ctx.now());
        if (done == 0) throw session_ended();
        ended(tx, hash);
        co_await note(tx, ctx, "signed_out");
    };
    co_await db_.transaction(ctx, body);
    clear_cookies(ctx);
}

Task<> Identity::sign_out_everywhere(http::Context& ctx) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto body = [&](db::Session& tx) -> Task<> {
        auto hashes = co_await tx.all<std::string>(end_all_sql, ctx.principal.user_id, ctx.now());
        ended(tx, hashes);
        co_await note(tx, everyone, "signed_out_everywhere");
    };
    co_await db_.transaction(everyone, body);
    clear_cookies(ctx);
}

} // namespace doorstep::identity
