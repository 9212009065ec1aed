#include <map>

#include "modules/notifications/notifications.hpp"

namespace doorstep::notifications {

/// News that somebody has not heard of by e-mail yet.
struct Notifications::Untold {
    Uuid account_id;
    Uuid user_id;
    Uuid notice_id;
    std::string kind;
    Json facts;
    std::string name;
    Email email;
    mail::Language language = mail::Language::en;
    BOOST_DESCRIBE_CLASS(Untold, (), (account_id, user_id, notice_id, kind, facts, name, email, language), (), ())
};

namespace {

// $1 now. Whoever is being told elsewhere just now is left out.
const db::Query due_sql{"notifications.due", R"sql(
    select r.account_id, r.user_id, r.notice_id, n.kind, n.facts, u.name, u.email, coalesce(d.language, a.language) as language
    from notice_readers r
    join notices n on n.account_id = r.account_id and n.id = r.notice_id
    join accounts a on a.id = r.account_id
    join users u on u.id = r.user_id
    left join digest_preferences d on d.account_id = r.account_id and d.user_id = r.user_id
    where r.way = 'email' and r.told_at is null and r.read_at is null and r.created_at > $1::timestamptz - interval '1 day'
    order by r.account_id, r.user_id, r.created_at
    limit 500
)sql"};

struct Subscriber {
    Uuid account_id;
    Uuid user_id;
    Zone zone;
    Digest digest = Digest::daily;
    std::optional<Time> digested_at;
    BOOST_DESCRIBE_CLASS(Subscriber, (), (account_id, user_id, zone, digest, digested_at), (), ())
};

const db::Query digest_readers_sql{"notifications.digest_readers", R"sql(
    select distinct r.account_id, r.user_id, a.zone, coalesce(d.digest, 'daily') as digest, d.digested_at
    from notice_readers r
    join accounts a on a.id = r.account_id
    left join digest_preferences d on d.account_id = r.account_id and d.user_id = r.user_id
    where r.way = 'in_app' and r.told_at is null and r.read_at is null and coalesce(d.digest, 'daily') <> 'off'
        and coalesce(d.digested_at, '-infinity') < $1::timestamptz - interval '12 hours'
    limit 1000
)sql"};

const db::Query digest_sql{"notifications.digest_news", R"sql(
    select r.account_id, r.user_id, r.notice_id, n.kind, n.facts, u.name, u.email, coalesce(d.language, a.language) as language
    from notice_readers r
    join notices n on n.account_id = r.account_id and n.id = r.notice_id
    join accounts a on a.id = r.account_id
    join users u on u.id = r.user_id
    left join digest_preferences d on d.account_id = r.account_id and d.user_id = r.user_id
    where r.account_id = $1 and r.user_id = $2 and r.told_at is null and r.read_at is null and r.created_at < $3
    order by r.created_at limit 100
)sql"};

const db::Query told_sql{"notifications.told", R"sql(
    update notice_readers set told_at = $4 where account_id = $1 and user_id = $2 and notice_id = any ($3) and told_at is null
)sql"};

const db::Query digested_sql{"notifications.digested", R"sql(
    insert into digest_preferences (account_id, user_id, digested_at) values ($1, $2, $3)
    on conflict (account_id, user_id) do update set digested_at = excluded.digested_at
)sql"};

const db::Query forget_sql{"notifications.forget", R"sql(
    delete from notices where created_at < $1::timestamptz - interval '90 days'
)sql"};

constexpr std::chrono::hours digest_hour{8};

/// The last moment at which a digest was due: 8 in the morning, each day or on Mondays.
Time last_due(const Subscriber& reader, Time now) {
    bool weekly = reader.digest == Digest::weekly;
    auto start = weekly ? start_of_week(now, reader.zone) : start_of_day(now, reader.zone);
    auto due = next_within(start, digest_hour, std::chrono::hours{24}, reader.zone);
    if (due <= now) return due;
    auto before = plus_local_days(start, weekly ? -7 : -1, reader.zone);
    return next_within(before, digest_hour, std::chrono::hours{24}, reader.zone);
}

} // namespace

/// One letter to one person about all of it.
Task<> Notifications::tell(Context& ctx, const std::vector<Untold>& news, Regular what) {
    auto& first = news.front();
    std::string items;
    std::vector<Uuid> ids;
    for (const auto& one : news) {
        items += (items.empty() ? "" : "\n") + sentence(enum_text(one.language), one.kind, one.facts);
        ids.push_back(one.notice_id);
    }
    mail::Letter letter{
        .type = mail::Type::digest,
        .to = first.email,
        .to_name = first.name,
        .facts =
            {
                {"count", std::to_string(news.size())},
                {"items", items},
                {"link", public_url_ + "/console"},
                {"preferences", preferences_url()},
            },
        .user = first.user_id,
        .language = first.language,
        .unsubscribe_url = unsubscribe_url(first.account_id, first.user_id, what),
    };
    Context scoped = ctx;
    scoped.all_accounts = false;
    scoped.account_id = first.account_id;
    auto body = [&](db::Session& tx) -> Task<> {
        auto told = co_await tx.exec(told_sql, first.account_id, first.user_id, ids, ctx.now());
        // Another server told them meanwhile.
        if (told == std::int64_t(ids.size())) mail_.post(tx, scoped, letter);
    };
    co_await db_.transaction(scoped, body);
}

Task<std::int64_t> Notifications::send_due(Context& ctx) {
    auto due = co_await db_.all<Untold>(ctx, due_sql, ctx.now());
    std::map<std::pair<Uuid, Uuid>, std::vector<Untold>> by_person;
    for (auto& one : due) by_person[{one.account_id, one.user_id}].push_back(std::move(one));
    for (const auto& [person, news] : by_person) co_await tell(ctx, news, Regular::news);
    co_return std::int64_t(by_person.size());
}

Task<std::int64_t> Notifications::send_digests(Context& ctx) {
    auto readers = co_await db_.all<Subscriber>(ctx, digest_readers_sql, ctx.now());
    std::int64_t sent = 0;
    for (const auto& reader : readers) {
        auto due = last_due(reader, ctx.now());
        if (reader.digested_at && *reader.digested_at >= due) continue;
        auto news = co_await db_.all<Untold>(ctx, digest_sql, reader.account_id, reader.user_id, due);
        // What came after the digest's hour waits for the next one.
        if (news.empty()) continue;
        co_await tell(ctx, news, Regular::digest);
        Context scoped = ctx;
        scoped.all_accounts = false;
        scoped.account_id = reader.account_id;
        co_await db_.exec(scoped, digested_sql, reader.account_id, reader.user_id, ctx.now());
        ++sent;
    }
    co_return sent;
}

Task<std::int64_t> Notifications::forget_old(Context& ctx) {
    co_return co_await db_.exec(ctx, forget_sql, ctx.now());
}

} // namespace doorstep::notifications
