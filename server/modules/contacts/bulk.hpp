#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "jobs/jobs.hpp"
#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

enum class BulkAction { stage, add_tag, remove_tag, rename_tag, assign, remove };
BOOST_DESCRIBE_ENUM(BulkAction, stage, add_tag, remove_tag, rename_tag, assign, remove)

/// "All that match", as the list's query parameters say it.
struct BulkFilter {
    std::optional<Line<0, 100>> q;
    std::optional<Stage> stage;
    std::optional<Tag> tag;
    std::optional<Line<3, 200>> field;
    std::optional<Id<accounts::User>> assigned_to;
    BOOST_DESCRIBE_CLASS(BulkFilter, (), (q, stage, tag, field, assigned_to), (), ())
};

struct NewBulkJob {
    BulkAction action = BulkAction::stage;
    std::optional<std::vector<std::string>> ids; ///< what is no id of a living client is reported as failed
    std::optional<BulkFilter> filter;
    std::optional<Stage> stage;
    std::optional<Tag> tag;
    std::optional<Tag> to; ///< of a renamed tag
    std::optional<Id<accounts::User>> assigned_to;
    std::optional<Line<0, 200>> reason;
    BOOST_DESCRIBE_CLASS(NewBulkJob, (), (action, ids, filter, stage, tag, to, assigned_to, reason), (), ())
    void validate(Reader& reader) const;
};

struct BulkFailure {
    Uuid id;
    std::string reason;
    BOOST_DESCRIBE_CLASS(BulkFailure, (), (id, reason), (), ())
};

enum class BulkState { running, done, undoing, undone };
BOOST_DESCRIBE_ENUM(BulkState, running, done, undoing, undone)

struct BulkJob {
    Id<BulkJob> id;
    BulkAction action = BulkAction::stage;
    BulkState state = BulkState::running;
    std::int64_t total = 0;
    std::int64_t done = 0;
    std::int64_t failed = 0;
    std::vector<BulkFailure> failures; ///< the first hundred
    std::optional<Stage> stage;        ///< this and what follows: as asked for
    std::optional<std::string> tag;
    std::optional<std::string> to;
    std::optional<Id<accounts::User>> assigned_to;
    std::string started_by;
    Time created_at;
    std::optional<Time> finished_at;
    BOOST_DESCRIBE_CLASS(
        BulkJob, (),
        (id, action, state, total, done, failed, failures, stage, tag, to, assigned_to, started_by, created_at, finished_at),
        (), ()
    )
};

struct BulkJobList {
    std::vector<BulkJob> items;
    BOOST_DESCRIBE_CLASS(BulkJobList, (), (items), (), ())
};

struct RenameTag {
    Tag tag;
    Tag to;
    BOOST_DESCRIBE_CLASS(RenameTag, (), (tag, to), (), ())
};

struct TagName {
    std::optional<Tag> tag;
    BOOST_DESCRIBE_CLASS(TagName, (), (tag), (), ())
};

/// The job: goes on where the last one that ran it stopped, forwards or (undoing) back.
struct RunBulk {
    static constexpr std::string_view kind = "contacts.bulk";
    Id<BulkJob> bulk_id;
    BOOST_DESCRIBE_CLASS(RunBulk, (), (bulk_id), (), ())
};

/// Changes of many contacts: few are changed at once, many by a job with progress; each can be undone as a whole.
class Bulk {
public:
    Bulk(db::Database& db, events::Events& events, Contacts& contacts) : db_(db), events_(events), contacts_(contacts) {}

    Task<BulkJob> start(Context& ctx, const NewBulkJob& input);
    Task<BulkJob> require(Context& ctx, Id<BulkJob> id);
    Task<BulkJobList> list(Context& ctx);
    /// Takes back what was done, but for contacts that somebody changed meanwhile. Error 409 unless it is done.
    Task<BulkJob> undo(Context& ctx, Id<BulkJob> id);
    Task<jobs::Outcome> run(Context& ctx, const jobs::Run& run, Id<BulkJob> id);

private:
    struct Plan;
    struct Row;
    /// Works on the next rows; false where none is left.
    Task<bool> step(db::Session& tx, Context& ctx, Id<BulkJob> id);
    Task<std::vector<Row>> apply(db::Session& tx, Context& ctx, const Plan& plan, const std::vector<Id<Client>>& ids);
    Task<std::vector<Id<Client>>> revert(db::Session& tx, Context& ctx, const Plan& plan, const std::vector<Row>& rows);
    Task<std::vector<Id<Client>>> put_back(
        db::Session& tx, Context& ctx, const NewBulkJob& input, const Json& before, const std::vector<Id<Client>>& ids
    );
    Task<std::int64_t> select(db::Session& tx, Context& ctx, Id<BulkJob> id, const NewBulkJob& input);

    db::Database& db_;
    events::Events& events_;
    Contacts& contacts_;
};

void routes(http::Router& router, Bulk& bulk);
void jobs(jobs::Registry& registry, Bulk& bulk);

} // namespace doorstep::contacts

template <>
struct doorstep::EnumText<doorstep::contacts::BulkAction> {
    static std::string_view text(contacts::BulkAction action);
};
