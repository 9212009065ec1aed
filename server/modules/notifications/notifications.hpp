#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "http/router.hpp"
#include "modules/audit/audit.hpp"
#include "modules/events/events.hpp"
#include "modules/mail/mail.hpp"

namespace doorstep::notifications {

/// How a person hears of a kind of news: `email` means inside the product and by e-mail.
enum class Way { off, in_app, email };
BOOST_DESCRIBE_ENUM(Way, off, in_app, email)

enum class Digest { off, daily, weekly };
BOOST_DESCRIBE_ENUM(Digest, off, daily, weekly)

/// Letters that come again and again until one has had enough.
enum class Regular { news, digest, weekly_summary, monthly_summary };
BOOST_DESCRIBE_ENUM(Regular, news, digest, weekly_summary, monthly_summary)

/// News to tell. `kind` is one of app.notice_kinds; `facts` is a JSON object with what its sentence names (phrases.txt).
struct Notice {
    std::string kind;
    std::vector<Uuid> users; ///< empty: everybody whose role it concerns, but for the actor
    Json facts;
    std::string link; ///< a path of the console
};

struct Notification {
    Id<Notification> id;
    std::string kind;
    std::string title; ///< a sentence in the language asked for
    std::string link;
    Time created_at;
    std::optional<Time> read_at;
    BOOST_DESCRIBE_CLASS(Notification, (), (id, kind, title, link, created_at, read_at), (), ())
};

struct NotificationFilter {
    std::optional<bool> unread; ///< true: only those
    std::optional<mail::Language> language;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(NotificationFilter, (), (unread, language, page, limit, cursor), (), ())
};

struct NotificationList {
    std::vector<Notification> items;
    std::int64_t unread = 0;
    std::int64_t page = 1;
    std::int64_t limit = 10;
    std::optional<std::int64_t> total;
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(NotificationList, (), (items, unread, page, limit, total, next), (), ())
};

struct UnreadCount {
    std::int64_t unread = 0;
    BOOST_DESCRIBE_CLASS(UnreadCount, (), (unread), (), ())
};

struct NotificationPreference {
    std::string kind;
    std::string title; ///< what it is about, in words
    Way way = Way::in_app;
    BOOST_DESCRIBE_CLASS(NotificationPreference, (), (kind, title, way), (), ())
};

struct NotificationPreferences {
    Digest digest = Digest::daily;
    mail::Language language = mail::Language::en; ///< as chosen, else the account's
    bool weekly_summary = false;
    bool monthly_summary = false;
    std::vector<NotificationPreference> kinds;
    BOOST_DESCRIBE_CLASS(NotificationPreferences, (), (digest, language, weekly_summary, monthly_summary, kinds), (), ())
};

struct NotificationChoice {
    Line<1, 60> kind;
    Way way = Way::in_app;
    BOOST_DESCRIBE_CLASS(NotificationChoice, (), (kind, way), (), ())
};

struct NotificationPreferencesPatch {
    Patch<Digest> digest;
    Patch<mail::Language> language; ///< of every letter to this person
    Patch<bool> weekly_summary;     ///< Mondays at 8 in the account's zone
    Patch<bool> monthly_summary;    ///< on the first of the month
    Patch<std::vector<NotificationChoice>> kinds;
    BOOST_DESCRIBE_CLASS(NotificationPreferencesPatch, (), (digest, language, weekly_summary, monthly_summary, kinds), (), ())
};

/// The words of a notice.
std::string sentence(std::string_view language, std::string_view kind, const Json& facts);

/// News for the people of an account, inside the product and by e-mail.
class Notifications {
public:
    Notifications(db::Database& db, mail::Mail& mail, const Sealer& sealer, std::string public_url)
        : db_(db), mail_(mail), sealer_(sealer), public_url_(std::move(public_url)) {}

    /// In the caller's transaction; e-mails follow within a minute.
    void notify(db::Session& tx, const Context& ctx, const Notice& notice);

    Task<NotificationList> list(Context& ctx, Uuid user, const NotificationFilter& filter);
    /// Idempotent; Error 404 where it is not this person's.
    Task<UnreadCount> mark_read(Context& ctx, Uuid user, Id<Notification> id);
    Task<UnreadCount> mark_all_read(Context& ctx, Uuid user);
    Task<NotificationPreferences> preferences(Context& ctx, Uuid user, mail::Language language);
    Task<NotificationPreferences> choose(Context& ctx, Uuid user, const NotificationPreferencesPatch& patch);

    /// The link of RFC 8058 one-click for a letter, without sign-in, for ever.
    std::string unsubscribe_url(Uuid account, Uuid user, Regular what) const;
    /// Where people choose what they hear of.
    std::string preferences_url() const { return public_url_ + "/console/settings/notifications"; }
    /// Nothing is changed yet; Error 404 where the link is none of ours.
    Task<mail::UnsubscribePage> show_unsubscribe(Context& ctx, std::string token);
    Task<mail::UnsubscribePage> unsubscribe(Context& ctx, std::string token);

    /// By a schedule, with an all-accounts context: e-mails to those who want them at once.
    Task<std::int64_t> send_due(Context& ctx);
    /// By a schedule: at 8 in the morning of the account, to who has unread news.
    Task<std::int64_t> send_digests(Context& ctx);
    /// By a schedule: what was told 90 days ago.
    Task<std::int64_t> forget_old(Context& ctx);

private:
    struct Untold;
    struct Recipient;
    Recipient recipient_of(std::string_view token) const;
    Task<mail::UnsubscribePage> page(Context& ctx, const Recipient& reader, bool done);
    Task<> tell(Context& ctx, const std::vector<Untold>& news, Regular what);

    db::Database& db_;
    mail::Mail& mail_;
    const Sealer& sealer_;
    std::string public_url_;
};

void routes(http::Router& router, Notifications& notifications);

} // namespace doorstep::notifications
