#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "http/router.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/progression/progression.hpp"

namespace doorstep::today {

using contacts::Client;

/// What is to be done: a draft read, a failure looked at, a task done, a move decided, a person contacted.
enum class Kind { approve, failed, task, suggestion, reach_out };
BOOST_DESCRIBE_ENUM(Kind, approve, failed, task, suggestion, reach_out)

/// A ground for doing it now, and what it weighs. The points of an item's reasons add up to its rank.
struct Reason {
    std::string code;
    std::int64_t points = 0;
    std::int64_t count = 0; ///< of days, opens, clicks, where the reason counts
    std::string words;
    BOOST_DESCRIBE_CLASS(Reason, (), (code, points, count, words), (), ())
};

struct TodayItem {
    std::string id; ///< stable as long as the thing is to be done
    Kind kind = Kind::task;
    Id<Client> client_id;
    std::string client_name;
    std::optional<std::string> client_email;
    std::optional<std::string> phone;
    contacts::Stage stage = contacts::Stage::lead;
    std::int64_t points = 0;
    std::vector<Reason> reasons; ///< the weightiest first
    std::optional<Id<journeys::FollowUpTask>> task_id;
    std::optional<Uuid> suggestion_id;
    std::string title;
    std::optional<std::string> notes;
    std::optional<journeys::Channel> channel;
    std::optional<contacts::Stage> to_stage;
    std::optional<Time> due;
    BOOST_DESCRIBE_CLASS(
        TodayItem, (),
        (id, kind, client_id, client_name, client_email, phone, stage, points, reasons, task_id, suggestion_id, title, notes,
         channel, to_stage, due),
        (), ()
    )
};

struct TodayList {
    std::vector<TodayItem> items; ///< the weightiest first
    std::int64_t total = 0;
    std::int64_t done = 0; ///< tasks that people completed since midnight
    std::string date;      ///< where the account is
    BOOST_DESCRIBE_CLASS(TodayList, (), (items, total, done, date), (), ())
};

struct TodayFilter {
    std::optional<Int<1, 100>> limit;
    BOOST_DESCRIBE_CLASS(TodayFilter, (), (limit), (), ())
};

struct NewSkip {
    Id<Client> client_id;
    std::optional<Line<1, 200>> reason;
    BOOST_DESCRIBE_CLASS(NewSkip, (), (client_id, reason), (), ())
};

struct NewTouch {
    Id<Client> client_id;
    journeys::Channel channel = journeys::Channel::call;
    std::optional<Text<0, 500>> notes;
    BOOST_DESCRIBE_CLASS(NewTouch, (), (client_id, channel, notes), (), ())
};

/// What to do now, and why.
class Today {
public:
    struct Parts {
        db::Database& db;
        accounts::Accounts& accounts;
        contacts::Contacts& contacts;
        events::Events& events;
        journeys::Journeys& journeys;
    };
    explicit Today(Parts parts) : parts_(parts) {}

    Task<TodayList> list(Context& ctx, const TodayFilter& filter);
    /// The person is not proposed again until they do something.
    Task<> skip(Context& ctx, const NewSkip& input);
    Task<> unskip(Context& ctx, Id<Client> client);
    /// A person was called, met or written to elsewhere: a completed task of that channel.
    Task<journeys::FollowUpTask> touch(Context& ctx, const NewTouch& input);

private:
    Parts parts_;
};

void routes(http::Router& router, Today& today);

} // namespace doorstep::today
