#include "core/phrases.hpp"
#include "core/signed_token.hpp"
#include "modules/notifications/notifications.hpp"

namespace doorstep::notifications {

/// Whom a link stands for, and what they have had enough of.
struct Notifications::Recipient {
    Uuid account;
    Uuid user;
    Regular what = Regular::digest;
};

namespace {

// Who is no member any more gets no letters and has nothing to choose.
#define CHOICE(column, value)                                                                             \
    "insert into digest_preferences (account_id, user_id, " column ") select account_id, user_id, " value \
    " from memberships where account_id = $1 and user_id = $2"                                            \
    " on conflict (account_id, user_id) do update set " column " = excluded." column

const db::Query no_digest_sql{"notifications.no_digest", CHOICE("digest", "'off'")};
const db::Query no_weekly_sql{"notifications.no_weekly", CHOICE("weekly_summary", "false")};
const db::Query no_monthly_sql{"notifications.no_monthly", CHOICE("monthly_summary", "false")};

const db::Query no_news_sql{"notifications.no_news", R"sql(
    insert into notice_preferences (account_id, user_id, kind, way)
    select m.account_id, m.user_id, k.kind, 'in_app'
    from memberships m
    cross join app.notice_kinds k
    left join notice_preferences p on p.account_id = m.account_id and p.user_id = m.user_id and p.kind = k.kind
    where m.account_id = $1 and m.user_id = $2 and coalesce(p.way, k.default_way) = 'email'
    on conflict (account_id, user_id, kind) do update set way = excluded.way
)sql"};

const db::Query language_sql{"notifications.language", R"sql(
    select coalesce(d.language, a.language) from accounts a
    left join digest_preferences d on d.account_id = a.id and d.user_id = $2
    where a.id = $1
)sql"};

constexpr std::string_view purpose = "unsubscribe links of letters";
constexpr std::size_t ids_size = 33;

/// Links are for ever: a letter of the alphabet, not a place in a list.
char code_of(Regular what) {
    return enum_text(what).front();
}

const db::Query& choice_of(Regular what) {
    switch (what) {
    case Regular::news: return no_news_sql;
    case Regular::digest: return no_digest_sql;
    case Regular::weekly_summary: return no_weekly_sql;
    case Regular::monthly_summary: return no_monthly_sql;
    }
    throw std::logic_error("an unknown kind of letter");
}

/// Nobody is signed in: the link alone proves who asks, within one account.
Context scoped_to(const Context& ctx, Uuid account, Uuid user) {
    Context scoped = ctx;
    scoped.account_id = account;
    scoped.credential.reset();
    scoped.actor = {Actor::Kind::user, user, "the recipient"};
    return scoped;
}

} // namespace

std::string Notifications::unsubscribe_url(Uuid account, Uuid user, Regular what) const {
    return public_url_ + "/n/" + sign_token(sealer_, purpose, raw_bytes(account) + raw_bytes(user) + code_of(what));
}

Notifications::Recipient Notifications::recipient_of(std::string_view token) const {
    auto ids = read_token(sealer_, purpose, token, ids_size);
    if (!ids) throw not_found("unsubscribe link");
    for (const auto& entry : doorstep::detail::enumerators_of<Regular>) {
        if (code_of(entry.value) == ids->back())
            return {uuid_of_bytes(*ids), uuid_of_bytes(std::string_view(*ids).substr(16)), entry.value};
    }
    throw not_found("unsubscribe link");
}

Task<mail::UnsubscribePage> Notifications::page(Context& ctx, const Recipient& reader, bool done) {
    mail::UnsubscribePage page;
    page.language = co_await db_.one<mail::Language>(ctx, language_sql, reader.account, reader.user);
    auto words = [&](std::string key) { return find_phrase(enum_text(page.language), "unsubscribe." + key).value_or(""); };
    page.title = words(done ? "done" : "ask");
    page.text = words(std::string(enum_text(reader.what))) + " " + words("back");
    if (!done) page.button = words("button");
    co_return page;
}

Task<mail::UnsubscribePage> Notifications::show_unsubscribe(Context& ctx, std::string token) {
    auto reader = recipient_of(token);
    auto scoped = scoped_to(ctx, reader.account, reader.user);
    co_return co_await page(scoped, reader, false);
}

Task<mail::UnsubscribePage> Notifications::unsubscribe(Context& ctx, std::string token) {
    auto reader = recipient_of(token);
    auto scoped = scoped_to(ctx, reader.account, reader.user);
    co_await db_.exec(scoped, choice_of(reader.what), reader.account, reader.user);
    co_return co_await page(scoped, reader, true);
}

} // namespace doorstep::notifications
