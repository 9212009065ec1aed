#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/precondition.hpp"
#include "jobs/jobs.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/events/events.hpp"
#include "modules/journeys/running.hpp"
#include "modules/journeys/tasks.hpp"
#include "modules/journeys/templates.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::journeys {

/// One due task: its e-mail is written, passed through the gate, handed over, recorded.
struct FollowUp {
    static constexpr std::string_view kind = "journeys.follow_up";
    Uuid task_id;
    BOOST_DESCRIBE_CLASS(FollowUp, (), (task_id), (), ())
};

/// Follow-up: the plans, the tasks that come of them, and what makes the due ones happen.
class Journeys : public contacts::FollowUps, public messages::TaskBook {
public:
    Journeys(db::Database& db, contacts::Contacts& contacts, messages::Messages& messages, events::Events& events)
        : db_(db), contacts_(contacts), messages_(messages), events_(events), templates_(db, events) {}

    contacts::Contacts& contacts() { return contacts_; }
    Templates& templates() { return templates_; }

    Task<http::Page<FollowUpTask>> list(Context& ctx, const TaskFilter& filter);
    /// Up to two months at once, next due first; at most 3,000 tasks.
    Task<TaskCalendar> calendar(Context& ctx, const CalendarFilter& filter);
    Task<FollowUpTask> require(Context& ctx, Id<FollowUpTask> id);
    /// Error 404 on a client that is not a living one of this account.
    Task<FollowUpTask> create(Context& ctx, const NewTask& input);
    /// 409 on a move that the state does not allow (a mailed task is done for good).
    Task<FollowUpTask> update(
        Context& ctx, Id<FollowUpTask> id, const TaskPatch& patch, const http::Precondition& precondition
    );
    /// Up to 500 at once; those that can't be changed are told, with the reason, and hinder no others.
    Task<BulkTaskResult> update_all(Context& ctx, const BulkTasks& input);
    Task<> remove(Context& ctx, Id<FollowUpTask> id);
    /// A failed task once more. 409 unless it failed.
    Task<FollowUpTask> retry(Context& ctx, Id<FollowUpTask> id);
    /// A person will not wait for the task's time, nor for the person's morning. 409 unless it is an e-mail to come.
    Task<FollowUpTask> send_now(Context& ctx, Id<FollowUpTask> id);

    Task<http::Page<Journey>> list_journeys(Context& ctx, const JourneyFilter& filter);
    Task<Journey> require_journey(Context& ctx, Id<Journey> id);
    /// 409 `already_running` where that plan is under way with the person.
    Task<Journey> begin(Context& ctx, Id<Client> client, const NewJourney& input);
    /// Nothing is sent until resume(). 409 unless it is in progress.
    Task<Journey> pause(Context& ctx, Id<Journey> id);
    /// What is to come moves by the length of the pause; what was stopped by hand goes on where its time has not passed.
    Task<Journey> go_on(Context& ctx, Id<Journey> id);
    Task<Journey> end(Context& ctx, Id<Journey> id, const StopRequest& request);
    /// An edited plan reaches what is under way, ahead of each person's position. Returns how many tasks changed.
    Task<std::int64_t> apply_template(Context& ctx, Uuid template_id);

    Task<http::Page<Approval>> list_approvals(Context& ctx, const ApprovalFilter& filter);
    Task<Approval> require_approval(Context& ctx, Id<FollowUpTask> id);
    Task<Approval> edit_draft(
        Context& ctx, Id<FollowUpTask> id, const DraftPatch& patch, const http::Precondition& precondition
    );
    Task<Approval> rewrite_draft(Context& ctx, Id<FollowUpTask> id, const RewriteRequest& request);
    /// The draft goes out as it stands, through the gate.
    Task<FollowUpTask> approve(Context& ctx, Id<FollowUpTask> id);
    Task<FollowUpTask> reject(Context& ctx, Id<FollowUpTask> id, const RejectRequest& request);

    /// Gives every due task that the system does, or drafts, its job, once, a few hundred at a time. An all-accounts context.
    /// Returns how many.
    Task<std::int64_t> dispatch_due(Context& ctx);
    /// The outcomes are in the order of the tasks, each of which has its run.
    Task<std::vector<jobs::Outcome>> follow_up(
        Context& ctx, const std::vector<jobs::Run>& runs, const std::vector<Uuid>& task_ids
    );
    /// Frees or shows as failed what a dead job left dispatched. An all-accounts context.
    Task<> reconcile(Context& ctx);

    Task<> start(db::Session& tx, Context& ctx, Id<Client> contact, contacts::Stage stage, Time created_at) override;
    Task<> moved(db::Session& tx, Context& ctx, Id<Client> contact, contacts::Stage from, contacts::Stage to) override;
    Task<> stop(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason) override;
    Task<> addressed(db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts) override;
    Task<> resume(
        db::Session& tx, Context& ctx, std::vector<Id<Client>> contacts, std::string reason, std::optional<Time> since
    ) override;

    Task<messages::Occasion> require_occasion(Context& ctx, Uuid task_id, Id<Client> client) override;
    Task<> mailed(db::Session& tx, Context& ctx, std::vector<Mailed> done) override;
    Task<> mail_failed(db::Session& tx, Context& ctx, Uuid task_id, std::string reason) override;

private:
    struct DueTask;
    struct Letter;

    Task<> change(
        db::Session& tx, Context& ctx, Id<FollowUpTask> id, const TaskPatch& patch, const http::Precondition& precondition
    );
    Task<Id<Journey>> start_plan(db::Session& tx, Context& ctx, Id<Client> contact, const JourneyTemplate& plan, Time anchor);
    /// Nothing happens to a journey that has ended already; whether it was under way.
    Task<bool> end(db::Session& tx, Context& ctx, Id<Journey> id, const std::string& reason);
    /// Steps that were skipped for the reason and are not past due come again; false where there are none.
    Task<bool> revive(db::Session& tx, Context& ctx, Id<Journey> id, const std::string& reason);
    /// Who comes back from a stage whose plan had begun has the plans again that they had before.
    Task<> take_back(db::Session& tx, Context& ctx, Id<Client> contact, const JourneyTemplate& plan);
    /// Ends these tasks' journeys where nothing is to come any more, and takes that back where something is again.
    static void finish_journeys(db::Session& tx, Context& ctx, const std::vector<Uuid>& task_ids);
    /// Takes out what the gate does not let through now, and deals with it.
    Task<> pass_gate(Context& ctx, std::vector<Letter>& letters);
    Task<> deliver(Context& ctx, const std::vector<jobs::Run>& runs, std::vector<Letter>& letters);
    Task<> hold(Context& ctx, const std::vector<const Letter*>& letters);
    Task<> draft(Context& ctx, const DueTask& task);
    Task<> save_draft(Context& ctx, Uuid task_id, const ai::Draft& draft);
    Task<> skip(Context& ctx, const FollowUpTask& task, std::string reason);
    /// The task becomes a person's work until the client has an e-mail address.
    Task<> hand_to_person(Context& ctx, const FollowUpTask& task);
    Task<> give_up(Context& ctx, Uuid task_id, std::string reason);

    db::Database& db_;
    contacts::Contacts& contacts_;
    messages::Messages& messages_;
    events::Events& events_;
    Templates templates_;
};

void routes(http::Router& router, Journeys& journeys);
void template_routes(http::Router& router, Journeys& journeys);
void running_routes(http::Router& router, Journeys& journeys);
void approval_routes(http::Router& router, Journeys& journeys);
void jobs(jobs::Registry& registry, Journeys& journeys);

} // namespace doorstep::journeys
