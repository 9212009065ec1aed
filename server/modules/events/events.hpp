#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "http/events.hpp"
#include "http/router.hpp"

namespace doorstep::events {

/// What happened. `kind` is the act's name ("client_created", "email_opened"); the actor and the time come from the Context.
struct Entry {
    std::string kind;
    std::optional<Uuid> contact_id;
    std::optional<Uuid> task_id;
    std::optional<Uuid> message_id;
    Json data;              ///< an object with what the timeline shows; no secrets
    std::optional<Time> at; ///< unset: now. Provider events carry their own time.
};

struct ActorView {
    std::string kind;
    std::string name;
    BOOST_DESCRIBE_CLASS(ActorView, (), (kind, name), (), ())
};

struct TimelineItem {
    Uuid id;
    std::string kind;
    Time at;
    std::optional<Uuid> client_id;
    std::optional<Uuid> task_id;
    std::optional<Uuid> email_id;
    ActorView actor;
    Json data;
    BOOST_DESCRIBE_CLASS(TimelineItem, (), (id, kind, at, client_id, task_id, email_id, actor, data), (), ())
};

struct Timeline {
    std::vector<TimelineItem> items;
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(Timeline, (), (items, next), (), ())
};

struct TimelineFilter {
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 200>> cursor;
    BOOST_DESCRIBE_CLASS(TimelineFilter, (), (limit, cursor), (), ())
};

/// An item of the activity feed, as the dashboard shows it.
struct Activity {
    Uuid id;
    std::string type;
    Time at;
    std::optional<Uuid> client_id;
    std::optional<std::string> client_name;
    std::optional<std::string> subject;
    std::optional<std::string> to;
    std::optional<std::string> status;
    std::string actor;
    Json data;
    BOOST_DESCRIBE_CLASS(Activity, (), (id, type, at, client_id, client_name, subject, to, status, actor, data), (), ())
};

/// A committed event on its way to every page that watches the account, in every process.
struct LiveNotice {
    Uuid account_id;
    Uuid event_id;
    std::string kind;
    std::string data; ///< one line of JSON: kind, client_id, task_id, email_id, at
};

/// The append-only history and what follows from it.
class Events {
public:
    /// `publish` takes committed notices; called on the thread that made them.
    Events(db::Database& db, std::function<void(LiveNotice)> publish) : db_(db), publish_(std::move(publish)) {}

    /// Writes one event in the caller's transaction; pages see it after the commit.
    void record(db::Session& tx, const Context& ctx, Entry entry);

    /// The same of many events, in one statement.
    void record_all(db::Session& tx, const Context& ctx, std::vector<Entry> entries);

    /// The same of many contacts to whom one thing happened, in one statement. Pages that watch hear one `kind`, with the client where it is one; without,
    /// they look again.
    void record_many(
        db::Session& tx, const Context& ctx, const std::string& kind, const std::vector<Uuid>& contacts, const Json& data
    );

    /// Newest first, of one person, who may have been several contacts. Another tenant's or an unknown contact has an empty one; ask
    /// for the contact first.
    Task<Timeline> timeline(Context& ctx, const std::vector<Uuid>& contact_ids, const TimelineFilter& filter);
    Task<std::vector<Activity>> recent(Context& ctx, std::int64_t limit);
    /// What came after an event, oldest first, at most 500, as frames for a stream that reconnects.
    Task<std::string> replay(Context& ctx, Uuid after);

private:
    db::Database& db_;
    std::function<void(LiveNotice)> publish_;
};

/// "user", "system", …: how the store calls who acted.
std::string_view actor_kind(const Actor& actor);

/// "account|event|{json}", as it travels between processes.
std::string encode(const LiveNotice& notice);
std::optional<LiveNotice> decode(std::string_view text);

/// GET /api/events.
struct LivePages {
    Events& events;
    http::LiveHub& hub;
};
void routes(http::Router& router, LivePages& pages);

} // namespace doorstep::events
