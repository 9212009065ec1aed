#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "http/precondition.hpp"
#include "jobs/jobs.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/events/events.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::journeys {

using contacts::Client;

enum class FollowupType { day_1, day_3, week_1, week_2, month_1, custom };
BOOST_DESCRIBE_ENUM(FollowupType, day_1, day_3, week_1, week_2, month_1, custom)

enum class Status { pending, completed, skipped, cancelled };
BOOST_DESCRIBE_ENUM(Status, pending, completed, skipped, cancelled)

enum class Priority { high, medium, low };
BOOST_DESCRIBE_ENUM(Priority, high, medium, low)

enum class Channel { email, sms, whatsapp, call, note };
BOOST_DESCRIBE_ENUM(Channel, email, sms, whatsapp, call, note)

/// Done by the system; by the system after a person's yes; by a person.
enum class Mode { automatic, approve, manual };
BOOST_DESCRIBE_ENUM(Mode, automatic, approve, manual)

/// A unit of follow-up work, as the API shows it.
struct FollowUpTask {
    Id<FollowUpTask> id;
    Id<Client> client_id;
    std::string client_name;
    std::optional<Uuid> journey_id;
    FollowupType followup_type = FollowupType::custom;
    Time scheduled_for;
    Status status = Status::pending;
    Priority priority = Priority::medium;
    std::optional<std::string> notes;
    Channel channel = Channel::email;
    Mode mode = Mode::automatic;
    std::optional<Uuid> email_sent_id;
    std::optional<std::string> reason;
    bool failed = false;
    std::optional<Time> held_until;
    Time created_at;
    Time updated_at;
    std::optional<Time> completed_at;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        FollowUpTask, (),
        (id, client_id, client_name, journey_id, followup_type, scheduled_for, status, priority, notes, channel, mode,
         email_sent_id, reason, failed, held_until, created_at, updated_at, completed_at, version),
        (), ()
    )
};

struct NewTask {
    Id<Client> client_id;
    FollowupType followup_type = FollowupType::custom;
    Time scheduled_for;
    Priority priority = Priority::medium;
    std::optional<Text<0, 500>> notes;
    std::optional<Channel> channel;
    std::optional<Mode> mode;
    BOOST_DESCRIBE_CLASS(NewTask, (), (client_id, followup_type, scheduled_for, priority, notes, channel, mode), (), ())
    void validate(Reader& reader) const;
};

struct TaskPatch {
    Patch<Status> status;
    Patch<Time> scheduled_for;
    Patch<std::optional<Text<0, 500>>> notes;
    Patch<Priority> priority;
    Patch<Mode> mode;
    BOOST_DESCRIBE_CLASS(TaskPatch, (), (status, scheduled_for, notes, priority, mode), (), ())
};

enum class TaskSort { due, due_desc, newest };
BOOST_DESCRIBE_ENUM(TaskSort, due, due_desc, newest)

struct TaskFilter {
    std::optional<Status> status;
    std::optional<Id<Client>> client_id;
    std::optional<bool> failed;
    std::optional<Time> due_before;
    std::optional<TaskSort> sort;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(TaskFilter, (), (status, client_id, failed, due_before, sort, page, limit, cursor), (), ())
};

/// One due task: its e-mail is written, passed through the gate, handed over, recorded.
struct FollowUp {
    static constexpr std::string_view kind = "journeys.follow_up";
    Uuid task_id;
    BOOST_DESCRIBE_CLASS(FollowUp, (), (task_id), (), ())
};

/// Follow-up: the template that a new client starts, its tasks, and what makes the due ones happen.
class Journeys : public contacts::FollowUps, public messages::TaskBook {
public:
    Journeys(db::Database& db, contacts::Contacts& contacts, messages::Messages& messages, events::Events& events)
        : db_(db), contacts_(contacts), messages_(messages), events_(events) {}

    contacts::Contacts& contacts() { return contacts_; }
    Task<http::Page<FollowUpTask>> list(Context& ctx, const TaskFilter& filter);
    Task<FollowUpTask> require(Context& ctx, Id<FollowUpTask> id);
    /// Error 404 on a client that is not a living one of this account.
    Task<FollowUpTask> create(Context& ctx, const NewTask& input);
    /// 409 on a move that the state does not allow (a mailed task is done for good).
    Task<FollowUpTask> update(
        Context& ctx, Id<FollowUpTask> id, const TaskPatch& patch, const http::Precondition& precondition
    );
    Task<> remove(Context& ctx, Id<FollowUpTask> id);
    /// A failed task once more. 409 unless it failed.
    Task<FollowUpTask> retry(Context& ctx, Id<FollowUpTask> id);

    /// Gives every due automatic task of every account its job, once, a few hundred at a time. An all-accounts context.
    /// Returns how many.
    Task<std::int64_t> dispatch_due(Context& ctx);
    Task<jobs::Outcome> follow_up(Context& ctx, const jobs::Run& run, Uuid task_id);
    /// Frees or shows as failed what a dead job left dispatched. An all-accounts context.
    Task<> reconcile(Context& ctx);

    Task<> start(db::Session& tx, Context& ctx, Id<Client> contact, Time created_at) override;
    Task<> stop(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason) override;
    Task<> resume(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason) override;

    Task<messages::Occasion> require_occasion(Context& ctx, Uuid task_id, Id<Client> client) override;
    Task<> mailed(db::Session& tx, Context& ctx, Uuid task_id, Id<messages::EmailSummary> message, Time at) override;
    Task<> mail_failed(db::Session& tx, Context& ctx, Uuid task_id, std::string reason) override;

private:
    Task<> give_up(Context& ctx, Uuid task_id, std::string reason);

    db::Database& db_;
    contacts::Contacts& contacts_;
    messages::Messages& messages_;
    events::Events& events_;
};

void routes(http::Router& router, Journeys& journeys);
void jobs(jobs::Registry& registry, Journeys& journeys);

} // namespace doorstep::journeys

template <>
struct doorstep::EnumText<doorstep::journeys::FollowupType> {
    static std::string_view text(journeys::FollowupType type) {
        using enum journeys::FollowupType;
        switch (type) {
        case day_1: return "Day 1";
        case day_3: return "Day 3";
        case week_1: return "Week 1";
        case week_2: return "Week 2";
        case month_1: return "Month 1";
        case custom: return "Custom";
        }
        return "Custom";
    }
};

template <>
struct doorstep::EnumText<doorstep::journeys::TaskSort> {
    static std::string_view text(journeys::TaskSort sort) {
        using enum journeys::TaskSort;
        switch (sort) {
        case due: return "scheduled_for";
        case due_desc: return "-scheduled_for";
        case newest: return "-created_at";
        }
        return "scheduled_for";
    }
};
