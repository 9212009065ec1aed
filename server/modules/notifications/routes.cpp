#include <kainjow/mustache.hpp>

#include "core/embedded.hpp"
#include "modules/notifications/notifications.hpp"

namespace doorstep::notifications {

namespace {

using http::Context;

struct LanguageChoice {
    std::optional<mail::Language> language;
    BOOST_DESCRIBE_CLASS(LanguageChoice, (), (language), (), ())
};

Task<NotificationList> list_notifications(Notifications& notifications, Context& ctx, http::Query<NotificationFilter> filter) {
    co_return co_await notifications.list(ctx, ctx.principal.user_id, filter.value);
}

Task<UnreadCount> read_notification(Notifications& notifications, Context& ctx, Id<Notification> id) {
    return notifications.mark_read(ctx, ctx.principal.user_id, id);
}

Task<UnreadCount> read_all_notifications(Notifications& notifications, Context& ctx) {
    return notifications.mark_all_read(ctx, ctx.principal.user_id);
}

Task<NotificationPreferences> get_preferences(Notifications& notifications, Context& ctx, http::Query<LanguageChoice> choice) {
    return notifications.preferences(ctx, ctx.principal.user_id, choice->language.value_or(mail::Language::en));
}

Task<NotificationPreferences> change_preferences(
    Notifications& notifications, Context& ctx, NotificationPreferencesPatch patch
) {
    co_return co_await notifications.choose(ctx, ctx.principal.user_id, patch);
}

/// Link scanners fetch every link of a mail: looking changes nothing.
Task<http::Response> show_letters_unsubscribe(Notifications& notifications, Context& ctx, std::string token) {
    auto page = co_await notifications.show_unsubscribe(ctx, std::move(token));
    co_return page.html();
}

/// RFC 8058: the mailbox provider posts, without cookies, in either form encoding; the address alone says who and what.
Task<http::Response> unsubscribe_letters(Notifications& notifications, Context& ctx, std::string token, http::RawBody) {
    auto page = co_await notifications.unsubscribe(ctx, std::move(token));
    co_return page.html();
}

} // namespace

void routes(http::Router& router, Notifications& notifications) {
    router.tag("Notifications");
    router.add("GET", "/api/notifications", notifications, list_notifications)
        .scope("notifications:read")
        .id("list_notifications")
        .summary("News for the one who asks, newest first, with the number of unread ones");
    router.add("POST", "/api/notifications/{id}/read", notifications, read_notification)
        .scope("notifications:write")
        .id("read_notification")
        .summary("Marks one as read");
    router.add("PUT", "/api/notifications/{id}/read", notifications, read_notification)
        .scope("notifications:write")
        .id("put_notification_read")
        .summary("The same as POST");
    router.add("POST", "/api/notifications/read-all", notifications, read_all_notifications)
        .scope("notifications:write")
        .id("read_all_notifications")
        .summary("Marks all as read");
    router.add("PUT", "/api/notifications/read-all", notifications, read_all_notifications)
        .scope("notifications:write")
        .id("put_all_notifications_read")
        .summary("The same as POST");
    router.add("GET", "/api/notifications/preferences", notifications, get_preferences)
        .scope("notifications:read")
        .id("get_notification_preferences")
        .summary("Which news one hears of, and how");
    router.add("PATCH", "/api/notifications/preferences", notifications, change_preferences)
        .scope("notifications:write")
        .id("change_notification_preferences")
        .summary("Changes what is sent: kinds of news, digest, summaries, language of letters");
    router.tag("Pages");
    router.add("GET", "/n/{token}", notifications, show_letters_unsubscribe).open().hidden();
    router.add("POST", "/n/{token}", notifications, unsubscribe_letters).open().hidden();
}

} // namespace doorstep::notifications
