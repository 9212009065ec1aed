#include "modules/notifications/notifications.hpp"

#include "core/paging.hpp"
#include "core/phrases.hpp"

namespace doorstep::notifications {

namespace {

const db::Query notify_sql{"notifications.notify", R"sql(
    select app.notify($1, $2, $3, $4, $5, $6, $7, $8::uuid[])
)sql"};

#define NOTICES                                                                                   \
    " from notice_readers r join notices n on n.account_id = r.account_id and n.id = r.notice_id" \
    " where r.account_id = $1 and r.user_id = $2 and (not $3::boolean or r.read_at is null) "

const db::Query list_sql{
    "notifications.list", "select n.id, n.kind, n.facts, n.link, r.created_at, r.read_at" NOTICES
                          "and (r.created_at, r.notice_id) < (coalesce($4, 'infinity'::timestamptz),"
                          " coalesce($5, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))"
                          " order by r.created_at desc, r.notice_id desc limit $6 offset $7"
};

const db::Query count_sql{"notifications.count", "select count(*) from (select" NOTICES "limit 10001) found"};

const db::Query unread_sql{"notifications.unread", R"sql(
    select count(*) as unread from notice_readers where account_id = $1 and user_id = $2 and read_at is null
)sql"};

const db::Query read_sql{"notifications.read", R"sql(
    update notice_readers set read_at = coalesce(read_at, $4) where account_id = $1 and user_id = $2 and notice_id = $3
)sql"};

const db::Query read_all_sql{"notifications.read_all", R"sql(
    update notice_readers set read_at = $3 where account_id = $1 and user_id = $2 and read_at is null
)sql"};

const db::Query kinds_sql{"notifications.kinds", R"sql(
    select k.kind, coalesce(p.way, k.default_way) as way
    from memberships m
    join app.notice_kinds k on m.role = any (k.roles)
    left join notice_preferences p on p.account_id = m.account_id and p.user_id = m.user_id and p.kind = k.kind
    where m.account_id = $1 and m.user_id = $2 order by k.kind
)sql"};

const db::Query digest_sql{"notifications.digest", R"sql(
    select coalesce(d.digest, 'daily') as digest, coalesce(d.language, a.language) as language,
        coalesce(d.weekly_summary, app.wants_summary(a.kind, m.role)) as weekly_summary,
        coalesce(d.monthly_summary, app.wants_summary(a.kind, m.role)) as monthly_summary
    from memberships m
    join accounts a on a.id = m.account_id
    left join digest_preferences d on d.account_id = m.account_id and d.user_id = m.user_id
    where m.account_id = $1 and m.user_id = $2
)sql"};

const db::Query choose_sql{"notifications.choose", R"sql(
    insert into notice_preferences (account_id, user_id, kind, way) values ($1, $2, $3, $4)
    on conflict (account_id, user_id, kind) do update set way = excluded.way
)sql"};

const db::Query choose_digest_sql{"notifications.choose_digest", R"sql(
    insert into digest_preferences as d (account_id, user_id, digest, language, weekly_summary, monthly_summary, summaries_since)
    values ($1, $2, coalesce($3, 'daily'), $4, $5, $6, $7)
    on conflict (account_id, user_id) do update set
        digest = coalesce($3, d.digest), language = coalesce($4, d.language),
        weekly_summary = coalesce($5, d.weekly_summary), monthly_summary = coalesce($6, d.monthly_summary),
        summaries_since = coalesce($7, d.summaries_since)
)sql"};

struct Row {
    Id<Notification> id;
    std::string kind;
    Json facts;
    std::string link;
    Time created_at;
    std::optional<Time> read_at;
    BOOST_DESCRIBE_CLASS(Row, (), (id, kind, facts, link, created_at, read_at), (), ())
};

struct KindRow {
    std::string kind;
    Way way = Way::in_app;
    BOOST_DESCRIBE_CLASS(KindRow, (), (kind, way), (), ())
};

struct DigestRow {
    Digest digest = Digest::daily;
    mail::Language language = mail::Language::en;
    bool weekly_summary = false;
    bool monthly_summary = false;
    BOOST_DESCRIBE_CLASS(DigestRow, (), (digest, language, weekly_summary, monthly_summary), (), ())
};

} // namespace

std::string sentence(std::string_view language, std::string_view kind, const Json& facts) {
    std::map<std::string, std::string, std::less<>> values;
    auto document = JsonDocument::parse(facts.text);
    document.root().each_member([&](std::string_view name, JsonView value) {
        values[std::string(name)] = value.kind() == JsonView::Kind::string ? std::string(value.string()) : value.text();
    });
    auto words = find_phrase(language, "notice." + std::string(kind));
    return words ? fill_in(*words, values) : std::string(kind);
}

void Notifications::notify(db::Session& tx, const Context& ctx, const Notice& notice) {
    auto id = Uuid::v7(ctx.now());
    auto actor = ctx.actor.id.is_nil() ? std::nullopt : std::optional(ctx.actor.id);
    auto users = notice.users.empty() ? std::nullopt : std::optional(notice.users);
    auto facts = notice.facts.text.empty() ? Json{"{}"} : notice.facts;
    tx.queue(notify_sql, ctx.account_id, id, notice.kind, facts, notice.link, ctx.now(), actor, users);
}

Task<NotificationList> Notifications::list(Context& ctx, Uuid user, const NotificationFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto before = decode_time_cursor(filter.cursor);
    bool only_unread = filter.unread.value_or(false);
    auto offset = filter.cursor ? 0 : paging.offset();
    auto rows =
        co_await db_.all<Row>(ctx, list_sql, ctx.account_id, user, only_unread, before.at, before.id, paging.fetch(), offset);
    NotificationList list{.page = paging.page, .limit = paging.limit};
    list.next = cut_page(rows, paging.limit, [](const Row& last) {
        return std::vector{format_rfc3339(last.created_at), last.id.text()};
    });
    auto language = enum_text(filter.language.value_or(mail::Language::en));
    for (auto& row : rows) {
        auto title = sentence(language, row.kind, row.facts);
        list.items.push_back({row.id, row.kind, std::move(title), row.link, row.created_at, row.read_at});
    }
    list.unread = co_await db_.one<std::int64_t>(ctx, unread_sql, ctx.account_id, user);
    list.total = co_await db_.one<std::int64_t>(ctx, count_sql, ctx.account_id, user, only_unread);
    if (*list.total > counted_up_to) list.total.reset();
    co_return list;
}

Task<UnreadCount> Notifications::mark_read(Context& ctx, Uuid user, Id<Notification> id) {
    auto found = co_await db_.exec(ctx, read_sql, ctx.account_id, user, id, ctx.now());
    if (found == 0) throw not_found("notification");
    co_return co_await db_.one<UnreadCount>(ctx, unread_sql, ctx.account_id, user);
}

Task<UnreadCount> Notifications::mark_all_read(Context& ctx, Uuid user) {
    co_await db_.exec(ctx, read_all_sql, ctx.account_id, user, ctx.now());
    co_return co_await db_.one<UnreadCount>(ctx, unread_sql, ctx.account_id, user);
}

Task<NotificationPreferences> Notifications::preferences(Context& ctx, Uuid user, mail::Language language) {
    auto rows = co_await db_.all<KindRow>(ctx, kinds_sql, ctx.account_id, user);
    auto digest = co_await db_.maybe<DigestRow>(ctx, digest_sql, ctx.account_id, user);
    NotificationPreferences preferences;
    if (digest) {
        preferences.digest = digest->digest;
        preferences.language = digest->language;
        preferences.weekly_summary = digest->weekly_summary;
        preferences.monthly_summary = digest->monthly_summary;
    }
    for (auto& row : rows) {
        auto title = find_phrase(enum_text(language), "notice_kind." + row.kind).value_or(row.kind);
        preferences.kinds.push_back({std::move(row.kind), std::move(title), row.way});
    }
    co_return preferences;
}

Task<NotificationPreferences> Notifications::choose(Context& ctx, Uuid user, const NotificationPreferencesPatch& patch) {
    auto before = co_await preferences(ctx, user, mail::Language::en);
    Reader reader;
    auto choices = patch.kinds.value.value_or(std::vector<NotificationChoice>{});
    for (std::size_t i = 0; i < choices.size(); ++i) {
        bool known = std::ranges::any_of(before.kinds, [&](const NotificationPreference& one) {
            return one.kind == choices[i].kind.value;
        });
        if (known) continue;
        Reader::At list(reader, "kinds");
        Reader::At item(reader, i);
        reader.fail("kind", "unknown", "is no kind of news that you could hear of");
    }
    reader.require_ok();
    bool on = patch.weekly_summary.value.value_or(false) > before.weekly_summary ||
              patch.monthly_summary.value.value_or(false) > before.monthly_summary;
    auto since = on ? std::optional(ctx.now()) : std::nullopt;
    auto body = [&](db::Session& tx) -> Task<> {
        for (const auto& choice : choices) co_await tx.exec(choose_sql, ctx.account_id, user, choice.kind, choice.way);
        if (patch.digest || patch.language || patch.weekly_summary || patch.monthly_summary)
            co_await tx.exec(
                choose_digest_sql, ctx.account_id, user, patch.digest.value, patch.language.value, patch.weekly_summary.value,
                patch.monthly_summary.value, since
            );
    };
    co_await db_.transaction(ctx, body);
    co_return co_await preferences(ctx, user, patch.language.value.value_or(before.language));
}

} // namespace doorstep::notifications
