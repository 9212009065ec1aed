#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "http/precondition.hpp"
#include "http/router.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/events/events.hpp"

namespace doorstep::progression {

using contacts::Client;
using contacts::Stage;

enum class Trigger { replied, booked, opened, clicked, silent, task_completed };
BOOST_DESCRIBE_ENUM(Trigger, replied, booked, opened, clicked, silent, task_completed)

/// Tells a person, or does it and tells.
enum class Action { suggest, move };
BOOST_DESCRIBE_ENUM(Action, suggest, move)

/// "Who is a lead and clicked twice moves to negotiating."
struct StageRule {
    Id<StageRule> id;
    std::string name;
    Trigger trigger = Trigger::replied;
    std::int64_t threshold = 1; ///< how often since the person came to the stage; of silence: how many days
    std::vector<Stage> from_stages;
    Stage to_stage = Stage::negotiating;
    Action action = Action::suggest;
    bool active = true;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(StageRule, (), (id, name, trigger, threshold, from_stages, to_stage, action, active, version), (), ())
};

struct NewStageRule {
    Line<1, 80> name;
    Trigger trigger = Trigger::replied;
    std::optional<Int<1, 3650>> threshold;
    std::vector<Stage> from_stages;
    Stage to_stage = Stage::negotiating;
    std::optional<Action> action;
    std::optional<bool> active;
    BOOST_DESCRIBE_CLASS(NewStageRule, (), (name, trigger, threshold, from_stages, to_stage, action, active), (), ())
    void validate(Reader& reader) const;
};

struct StageRulePatch {
    Patch<Line<1, 80>> name;
    Patch<Trigger> trigger;
    Patch<Int<1, 3650>> threshold;
    Patch<std::vector<Stage>> from_stages;
    Patch<Stage> to_stage;
    Patch<Action> action;
    Patch<bool> active;
    BOOST_DESCRIBE_CLASS(StageRulePatch, (), (name, trigger, threshold, from_stages, to_stage, action, active), (), ())
};

struct StageRules {
    std::vector<StageRule> items;
    BOOST_DESCRIBE_CLASS(StageRules, (), (items), (), ())
};

/// Open until somebody decides; `done` by the rule itself; `outdated` when the person moved otherwise.
enum class SuggestionStatus { open, accepted, dismissed, done, undone, outdated };
BOOST_DESCRIBE_ENUM(SuggestionStatus, open, accepted, dismissed, done, undone, outdated)

struct StageSuggestion {
    Id<StageSuggestion> id;
    Id<Client> client_id;
    std::string client_name;
    Id<StageRule> rule_id;
    std::string rule_name;
    Trigger trigger = Trigger::replied;
    std::int64_t count = 1; ///< what was counted when it was made
    Stage from_stage = Stage::lead;
    Stage to_stage = Stage::negotiating;
    SuggestionStatus status = SuggestionStatus::open;
    Time created_at;
    std::optional<Time> decided_at;
    BOOST_DESCRIBE_CLASS(
        StageSuggestion, (),
        (id, client_id, client_name, rule_id, rule_name, trigger, count, from_stage, to_stage, status, created_at, decided_at),
        (), ()
    )
};

struct SuggestionFilter {
    std::optional<SuggestionStatus> status;
    std::optional<Id<Client>> client_id;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(SuggestionFilter, (), (status, client_id, page, limit, cursor), (), ())
};

/// Stage progression by the account's rules: what people do is counted since they came to their stage.
class Progression {
public:
    Progression(db::Database& db, contacts::Contacts& contacts, events::Events& events)
        : db_(db), contacts_(contacts), events_(events) {}

    Task<StageRules> rules(Context& ctx);
    Task<StageRule> require_rule(Context& ctx, Id<StageRule> id);
    Task<StageRule> create(Context& ctx, const NewStageRule& input);
    Task<StageRule> update(Context& ctx, Id<StageRule> id, const StageRulePatch& patch, const http::Precondition& precondition);
    Task<> remove(Context& ctx, Id<StageRule> id);
    Task<StageRule> restore(Context& ctx, Id<StageRule> id);

    Task<http::Page<StageSuggestion>> suggestions(Context& ctx, const SuggestionFilter& filter);
    Task<StageSuggestion> require_suggestion(Context& ctx, Id<StageSuggestion> id);
    /// The person moves. 409 `decided` where it is no longer open, `moved_on` where the person is elsewhere by now.
    Task<StageSuggestion> accept(Context& ctx, Id<StageSuggestion> id);
    /// Only what happens from now on counts for this rule.
    Task<StageSuggestion> dismiss(Context& ctx, Id<StageSuggestion> id);
    /// The person goes back to where they were.
    Task<StageSuggestion> undo(Context& ctx, Id<StageSuggestion> id);

    /// Looks at what happened since the last time, in every account with rules. An all-accounts context.
    Task<> evaluate_events(Context& ctx);
    /// Looks for those from whom nothing was heard. An all-accounts context.
    Task<> evaluate_silence(Context& ctx);

private:
    struct Found;
    Task<> act_on(Context& ctx, const Found& found);
    Task<> move(Context& ctx, Id<Client> client, Stage to, std::string_view reason);

    db::Database& db_;
    contacts::Contacts& contacts_;
    events::Events& events_;
};

void routes(http::Router& router, Progression& progression);

} // namespace doorstep::progression
