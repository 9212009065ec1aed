// Where a person is signed in, and which browsers are trusted: listed, and ended one by one.

#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

const db::Query list_sessions_sql{"identity.list_sessions", R"sql(
    select id, name, address, method, device_id, created_at, last_used_at, expires_at, hash = $2 as current
      from credentials
     where user_id = $1 and kind = 'session' and ended_at is null and expires_at > $3
     order by hash = $2 desc, coalesce(last_used_at, created_at) desc, id
)sql"};

const db::Query end_one_sql{"identity.end_one", R"sql(
    update credentials set ended_at = $3, end_reason = 'signed_out'
     where user_id = $1 and id = $2 and kind = 'session' and ended_at is null and expires_at > $3
    returning hash
)sql"};

const db::Query list_devices_sql{"identity.list_devices", R"sql(
    select d.id, d.name, d.address, d.created_at, d.last_seen_at, d.trusted_until, coalesce(d.hash = $2, false) as current
      from devices d
     where d.user_id = $1 and d.revoked_at is null and d.trusted_until > $3
     order by d.last_seen_at desc, d.id
)sql"};

const db::Query revoke_device_sql{"identity.revoke_device", R"sql(
    update devices set revoked_at = $3 where user_id = $1 and id = $2 and revoked_at is null and trusted_until > $3
)sql"};

const db::Query end_of_device_sql{"identity.end_of_device", R"sql(
    update credentials set ended_at = $3, end_reason = 'device_forgotten'
     where user_id = $1 and device_id = $2 and kind = 'session' and ended_at is null
    returning hash
)sql"};

} // namespace

Task<SessionList> Identity::list_sessions(http::Context& ctx) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto items =
        co_await db_.all<Session>(everyone, list_sessions_sql, ctx.principal.user_id, ctx.principal.credential, ctx.now());
    co_return SessionList{std::move(items)};
}

Task<> Identity::end_session(http::Context& ctx, Id<Session> id) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto body = [&](db::Session& tx) -> Task<std::string> {
        auto hash = co_await tx.maybe<std::string>(end_one_sql, ctx.principal.user_id, id, ctx.now());
        if (!hash) throw not_found("session");
        ended(tx, *hash);
        co_await note(tx, everyone, "session_ended");
        co_return *hash;
    };
    auto hash = co_await db_.transaction(everyone, body);
    if (hash == ctx.principal.credential) clear_cookies(ctx);
}

Task<DeviceList> Identity::list_devices(http::Context& ctx) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto own = hash_of(ctx.request->cookie(device_cookie));
    auto items = co_await db_.all<Device>(everyone, list_devices_sql, ctx.principal.user_id, own, ctx.now());
    co_return DeviceList{std::move(items)};
}

Task<> Identity::forget_device(http::Context& ctx, Id<Device> id) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto body = [&](db::Session& tx) -> Task<> {
        auto done = co_await tx.exec(revoke_device_sql, ctx.principal.user_id, id, ctx.now());
        if (done == 0) throw not_found("device");
        auto hashes = co_await tx.all<std::string>(end_of_device_sql, ctx.principal.user_id, id, ctx.now());
        ended(tx, hashes);
        co_await note(tx, everyone, "device_forgotten");
    };
    co_await db_.transaction(everyone, body);
}

} // namespace doorstep::identity
