#include "modules/progression/progression.hpp"

namespace doorstep::progression {

namespace {

using http::Context;

http::Versioned<StageRule> versioned(StageRule rule) {
    auto version = std::to_string(rule.version);
    return {std::move(version), std::move(rule)};
}

Task<StageRules> list_rules(Progression& progression, Context& ctx) {
    return progression.rules(ctx);
}

Task<http::Created<StageRule>> create_rule(Progression& progression, Context& ctx, NewStageRule input) {
    auto rule = co_await progression.create(ctx, input);
    auto location = "/api/stage-rules/" + rule.id.text();
    co_return http::Created<StageRule>{std::move(location), std::move(rule)};
}

Task<http::Versioned<StageRule>> get_rule(Progression& progression, Context& ctx, Id<StageRule> id) {
    auto rule = co_await progression.require_rule(ctx, id);
    co_return versioned(std::move(rule));
}

Task<http::Versioned<StageRule>> update_rule(Progression& progression, Context& ctx, Id<StageRule> id, StageRulePatch patch) {
    auto rule = co_await progression.update(ctx, id, patch, http::if_match(ctx));
    co_return versioned(std::move(rule));
}

Task<contacts::Success> delete_rule(Progression& progression, Context& ctx, Id<StageRule> id) {
    co_await progression.remove(ctx, id);
    co_return contacts::Success{};
}

Task<StageRule> restore_rule(Progression& progression, Context& ctx, Id<StageRule> id) {
    return progression.restore(ctx, id);
}

Task<http::Page<StageSuggestion>> list_suggestions(
    Progression& progression, Context& ctx, http::Query<SuggestionFilter> filter
) {
    co_return co_await progression.suggestions(ctx, filter.value);
}

Task<StageSuggestion> accept_suggestion(Progression& progression, Context& ctx, Id<StageSuggestion> id) {
    return progression.accept(ctx, id);
}

Task<StageSuggestion> dismiss_suggestion(Progression& progression, Context& ctx, Id<StageSuggestion> id) {
    return progression.dismiss(ctx, id);
}

Task<StageSuggestion> undo_suggestion(Progression& progression, Context& ctx, Id<StageSuggestion> id) {
    return progression.undo(ctx, id);
}

} // namespace

void routes(http::Router& router, Progression& progression) {
    router.tag("Stage rules");
    router.add("GET", "/api/stage-rules", progression, list_rules)
        .scope("clients:read")
        .id("list_stage_rules")
        .summary("The rules by which people move along the pipeline");
    router.add("POST", "/api/stage-rules", progression, create_rule)
        .scope("clients:write")
        .id("create_stage_rule")
        .summary("Adds a rule that suggests a move, or makes it");
    router.add("GET", "/api/stage-rules/{id}", progression, get_rule)
        .scope("clients:read")
        .id("get_stage_rule")
        .summary("A rule");
    router.add("PATCH", "/api/stage-rules/{id}", progression, update_rule)
        .scope("clients:write")
        .id("update_stage_rule")
        .summary("Changes a rule; its open suggestions are withdrawn");
    router.add("DELETE", "/api/stage-rules/{id}", progression, delete_rule)
        .scope("clients:write")
        .id("delete_stage_rule")
        .summary("Deletes a rule; its open suggestions are withdrawn");
    router.add("POST", "/api/stage-rules/{id}/restore", progression, restore_rule)
        .scope("clients:write")
        .id("restore_stage_rule")
        .summary("Undoes a deletion");
    router.add("GET", "/api/stage-suggestions", progression, list_suggestions)
        .scope("clients:read")
        .id("list_stage_suggestions")
        .summary("Moves that rules suggested or made, newest first");
    router.add("POST", "/api/stage-suggestions/{id}/accept", progression, accept_suggestion)
        .scope("clients:write")
        .id("accept_stage_suggestion")
        .summary("Moves the person as suggested");
    router.add("POST", "/api/stage-suggestions/{id}/dismiss", progression, dismiss_suggestion)
        .scope("clients:write")
        .id("dismiss_stage_suggestion")
        .summary("Lets it be; only what happens from now on counts");
    router.add("POST", "/api/stage-suggestions/{id}/undo", progression, undo_suggestion)
        .scope("clients:write")
        .id("undo_stage_suggestion")
        .summary("Moves the person back");
}

} // namespace doorstep::progression
