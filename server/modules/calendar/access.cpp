// Access tokens: got anew a minute before they end, by one at a time.

#include "core/log.hpp"
#include "core/sleep.hpp"
#include "modules/calendar/provider.hpp"
#include "modules/calendar/row.hpp"

namespace doorstep::calendar {

namespace {

using namespace std::chrono_literals;
using Outcome = std::expected<Access, NoAccess>;

constexpr auto margin = 60s;
constexpr auto pause_between_looks = 100ms;
constexpr int most_looks = 300; // longer than a lease

// By the store's own time, as all leases; longer than Google is given to answer. Nobody takes it who looked before somebody else
// was done.
const db::Query lease_sql{"calendar.lease", R"sql(
    update google_credentials set lease = $3, leased_until = clock_timestamp() + interval '25 seconds'
    where account_id = $1 and user_id = $2 and state = 'connected' and access_sealed is not distinct from $4
        and (leased_until is null or leased_until <= clock_timestamp())
    returning refresh_sealed
)sql"};

const db::Query release_sql{"calendar.release", R"sql(
    update google_credentials set lease = null, leased_until = null where account_id = $1 and user_id = $2 and lease = $3
)sql"};

const db::Query keep_sql{"calendar.keep", R"sql(
    update google_credentials set access_sealed = $4, access_expires_at = $5, refresh_sealed = coalesce($6, refresh_sealed),
        scopes = coalesce($7::text[], scopes), lease = null, leased_until = null
    where account_id = $1 and user_id = $2 and lease = $3
)sql"};

// Told by the statement that changes it, and so once.
const db::Query lost_sql{"calendar.lost", R"sql(
    update google_credentials set state = 'reconnect_needed', reason = $3, access_sealed = null, access_expires_at = null,
        lease = null, leased_until = null
    where account_id = $1 and user_id = $2 and state = 'connected'
    returning )sql" CALENDAR_COLUMNS};

/// What is done about tokens is done by itself: what Google has given out must outlast the request that needed it, whether that
/// is undone or its session ends meanwhile.
Context apart(const Context& ctx) {
    Context own(*ctx.clock);
    own.account_id = ctx.account_id;
    own.actor = {Actor::Kind::system, {}, "Doorstep"};
    own.trace_id = ctx.trace_id;
    return own;
}

struct Why {
    std::string reason;
    BOOST_DESCRIBE_CLASS(Why, (), (reason), (), ())
};

} // namespace

Task<Outcome> Calendar::access(const Context& ctx, Id<User> user, std::string refused) {
    auto own = apart(ctx);
    for (int look = 0; look < most_looks; ++look) {
        auto row = co_await parts_.db.maybe<Row>(own, find_connection_sql, own.account_id, user);
        if (!row) co_return std::unexpected(NoAccess{});
        if (row->state != ConnectionState::connected)
            co_return std::unexpected(NoAccess{NoAccess::Kind::reconnect_needed, row->reason.value_or("")});
        auto token = row->access_sealed ? open(own, user, *row->access_sealed) : std::nullopt;
        if (token && *token != refused && *row->access_expires_at > own.now() + margin)
            co_return Access{*token, row->booking_calendar_id, row->busy_calendar_ids, row->scopes};
        if (!parts_.google)
            co_return std::unexpected(NoAccess{NoAccess::Kind::unreachable, "this server has no Google client"});
        auto lease = Uuid::v7(own.now());
        auto sealed = co_await parts_.db.maybe<std::string>(own, lease_sql, own.account_id, user, lease, row->access_sealed);
        if (!sealed) {
            co_await sleep_for(pause_between_looks);
            continue;
        }
        auto ended = co_await refresh(own, user, lease, *sealed);
        if (ended) co_return std::move(*ended);
    }
    co_return std::unexpected(NoAccess{NoAccess::Kind::unreachable, "others wait for a token too"});
}

/// Nothing where a new token is in the store, or the connection has become another meanwhile: look again.
Task<std::optional<Outcome>> Calendar::refresh(const Context& own, Id<User> user, Uuid lease, const std::string& sealed) {
    auto refresh_token = open(own, user, sealed);
    if (!refresh_token) {
        log::error("a calendar's tokens were sealed under another master key", {{"account_id", own.account_id.text()}});
        co_await lost(own, user, "unreadable");
        co_return std::nullopt;
    }
    auto got = co_await parts_.google->refresh(*refresh_token);
    if (got) {
        auto access_sealed = seal(own, user, got->access_token);
        auto until = own.now() + got->expires_in;
        auto next = got->refresh_token.empty() ? std::nullopt : std::optional(seal(own, user, got->refresh_token));
        auto scopes = got->scopes.empty() ? std::nullopt : std::optional(got->scopes);
        co_await parts_.db.exec(own, keep_sql, own.account_id, user, lease, access_sealed, until, next, scopes);
        co_return std::nullopt;
    }
    if (got.error().kind == ProviderFailure::Kind::dead) {
        co_await lost(own, user, "invalid_grant");
        co_return std::nullopt;
    }
    log::warn("a calendar's token was not renewed", {{"why", got.error().reason}, {"account_id", own.account_id.text()}});
    co_await parts_.db.exec(own, release_sql, own.account_id, user, lease);
    NoAccess denied{NoAccess::Kind::unreachable, got.error().reason, got.error().retry_after};
    co_return Outcome(std::unexpected(std::move(denied)));
}

Task<> Calendar::lost(const Context& ctx, Id<User> user, std::string reason) {
    auto own = apart(ctx);
    auto body = [&](db::Session& tx) -> Task<> {
        auto row = co_await tx.maybe<Row>(lost_sql, own.account_id, user, reason);
        if (!row) co_return;
        Json facts{R"({"email":)" + json_quote(row->email) + "}"};
        parts_.notifications.notify(
            tx, own,
            {.kind = "calendar_reconnect_needed",
             .users = {user.value},
             .facts = std::move(facts),
             .link = "/console/settings/calendar"}
        );
        co_await note(tx, own, "calendar_lost", *row, {}, {to_json(Why{reason})});
    };
    co_await parts_.db.transaction(own, body);
}

} // namespace doorstep::calendar
