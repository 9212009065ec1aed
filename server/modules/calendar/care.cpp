// Looking after connections while nobody looks, and ending grants at Google.

#include "core/log.hpp"
#include "modules/calendar/provider.hpp"
#include "modules/calendar/row.hpp"

namespace doorstep::calendar {

namespace {

using doorstep::jobs::Outcome;

constexpr std::int64_t batch = 200;

const db::Query due_sql{"calendar.due", R"sql(
    with due as (
        select account_id, user_id from google_credentials
        where state = 'connected' and looked_at <= $1::timestamptz - interval '1 day'
        order by looked_at limit $2 for update skip locked
    )
    update google_credentials c set looked_at = $1 from due
    where c.account_id = due.account_id and c.user_id = due.user_id
    returning c.account_id, c.user_id as id
)sql"};

const db::Query works_sql{"calendar.works", R"sql(
    update google_credentials set checked_at = $3 where account_id = $1 and user_id = $2 and state = 'connected'
)sql"};

const db::Query forget_consents_sql{"calendar.forget_consents", "delete from google_consents where expires_at <= $1"};

const db::Query waiting_sql{"calendar.waiting_revocations", R"sql(
    with waiting as (
        select account_id, revocation from google_revocations where not dispatched limit 200 for update skip locked
    )
    update google_revocations r set dispatched = true from waiting w
    where r.account_id = w.account_id and r.revocation = w.revocation
    returning r.account_id, r.revocation as id
)sql"};

const db::Query revocation_sql{"calendar.revocation", R"sql(
    select user_id, issuer, subject, refresh_sealed from google_revocations where account_id = $1 and revocation = $2
)sql"};

// Revoking one token ends all that Google has given us for that person.
const db::Query in_use_sql{"calendar.in_use", R"sql(
    select exists (select from google_credentials where issuer = $1 and subject = $2 and state = 'connected')
)sql"};

const db::Query revoked_sql{"calendar.revoked", R"sql(
    delete from google_revocations where account_id = $1 and revocation = $2
)sql"};

struct Due {
    Uuid account_id;
    Uuid id;
    BOOST_DESCRIBE_CLASS(Due, (), (account_id, id), (), ())
};

struct Revocation {
    Id<User> user_id;
    std::string issuer;
    std::string subject;
    std::string refresh_sealed;
    BOOST_DESCRIBE_CLASS(Revocation, (), (user_id, issuer, subject, refresh_sealed), (), ())
};

} // namespace

Task<std::int64_t> Calendar::dispatch_revocations(db::Session& tx, const Context& ctx) {
    auto waiting = co_await tx.all<Due>(waiting_sql);
    Context owner = ctx;
    for (auto& one : waiting) {
        owner.account_id = one.account_id;
        doorstep::jobs::enqueue(tx, owner, Revoke{one.id}, {.unique_key = one.id.text()});
    }
    co_return std::int64_t(waiting.size());
}

Task<std::int64_t> Calendar::look_after_all(Context& job) {
    Context everyone = job;
    everyone.all_accounts = true;
    co_await parts_.db.exec(everyone, forget_consents_sql, job.now());
    auto body = [&](db::Session& tx) -> Task<std::int64_t> {
        auto due = co_await tx.all<Due>(due_sql, job.now(), batch);
        Context owner = everyone;
        for (auto& one : due) {
            owner.account_id = one.account_id;
            doorstep::jobs::enqueue(tx, owner, LookAfter{one.id}, {.unique_key = one.id.text(), .priority = 5});
        }
        auto revocations = co_await dispatch_revocations(tx, everyone);
        co_return std::int64_t(due.size()) + revocations;
    };
    std::int64_t total = 0;
    while (true) {
        auto count = co_await parts_.db.transaction(everyone, body);
        total += count;
        if (count < batch) co_return total;
    }
}

Task<Outcome> Calendar::look_after(Context& ctx, const jobs::Run&, const LookAfter& job) {
    Id<User> user{job.user_id};
    auto row = co_await parts_.db.maybe<Row>(ctx, find_connection_sql, ctx.account_id, user);
    if (!row || row->state != ConnectionState::connected) co_return Outcome::done();
    // A refresh token shows that it lives only by giving out another access token.
    auto last = row->access_sealed ? open(ctx, user, *row->access_sealed) : std::nullopt;
    auto access = co_await this->access(ctx, user, last.value_or(""));
    auto denied = access ? std::nullopt : std::optional(access.error());
    if (access && row->has(list_scope)) {
        auto calendars = co_await list(ctx, user);
        if (!calendars) denied = calendars.error();
    }
    if (!denied) {
        co_await parts_.db.exec(ctx, works_sql, ctx.account_id, user, ctx.now());
        co_return Outcome::done();
    }
    if (denied->kind != NoAccess::Kind::unreachable) co_return Outcome::done(); // the person has been told
    auto not_before = denied->retry_after ? std::optional<Time>(ctx.now() + *denied->retry_after) : std::nullopt;
    co_return Outcome::retry("Google Calendar could not be asked: " + denied->why, not_before);
}

Task<Outcome> Calendar::revoke(Context& ctx, const Revoke& job) {
    auto found = co_await parts_.db.maybe<Revocation>(ctx, revocation_sql, ctx.account_id, job.revocation);
    if (!found) co_return Outcome::done();
    Context everyone = ctx;
    everyone.all_accounts = true;
    auto in_use = co_await parts_.db.one<bool>(everyone, in_use_sql, found->issuer, found->subject);
    auto token = in_use ? std::nullopt : open(ctx, found->user_id, found->refresh_sealed);
    if (token) {
        if (!parts_.google) co_return Outcome::retry("This server has no Google client to revoke a grant with.");
        auto ended = co_await parts_.google->revoke(*token);
        if (!ended) {
            auto& wait = ended.error().retry_after;
            auto not_before = wait ? std::optional<Time>(ctx.now() + *wait) : std::nullopt;
            co_return Outcome::retry("Google could not be told: " + ended.error().reason, not_before);
        }
    } else if (!in_use) {
        log::error("a grant to revoke was sealed under another master key", {{"account_id", ctx.account_id.text()}});
    }
    co_await parts_.db.exec(ctx, revoked_sql, ctx.account_id, job.revocation);
    co_return Outcome::done();
}

} // namespace doorstep::calendar
