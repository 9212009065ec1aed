#include <algorithm>

#include "modules/progression/progression.hpp"

namespace doorstep::progression {

namespace {

#define RULE_COLUMNS " id, name, trigger, threshold, from_stages, to_stage, action, active, version "

const db::Query list_sql{
    "stage_rules.list",
    "select" RULE_COLUMNS "from stage_rules where account_id = $1 and deleted_at is null order by created_at, id"
};

const db::Query find_sql{
    "stage_rules.find", "select" RULE_COLUMNS "from stage_rules where account_id = $1 and id = $2 and deleted_at is null"
};

const db::Query lock_sql{
    "stage_rules.lock",
    "select" RULE_COLUMNS "from stage_rules where account_id = $1 and id = $2 and deleted_at is null for update"
};

const db::Query put_sql{"stage_rules.put", R"sql(
    insert into stage_rules (account_id, id, name, trigger, threshold, from_stages, to_stage, action, active, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
    on conflict (account_id, id) do update set name = $3, trigger = $4, threshold = $5, from_stages = $6, to_stage = $7, action = $8,
        active = $9, updated_at = $10, version = stage_rules.version + 1
)sql"};

const db::Query remove_sql{"stage_rules.remove", R"sql(
    update stage_rules set deleted_at = $3, version = version + 1 where account_id = $1 and id = $2 and deleted_at is null
    returning name
)sql"};

const db::Query outdate_sql{"stage_rules.outdate", R"sql(
    update stage_suggestions set status = 'outdated', decided_at = $3 where account_id = $1 and rule_id = $2 and status = 'open'
)sql"};

const db::Query restore_sql{"stage_rules.restore", R"sql(
    update stage_rules set deleted_at = null, version = version + 1 where account_id = $1 and id = $2 and deleted_at is not null
    returning name
)sql"};

void check_stages(const std::vector<Stage>& from, Stage to) {
    if (from.empty()) throw invalid("from_stages", "required", "must name at least one stage");
    if (std::ranges::find(from, to) != from.end()) throw invalid("to_stage", "invalid", "must be another stage than before");
}

std::vector<Stage> each_once(std::vector<Stage> stages) {
    std::ranges::sort(stages);
    auto [first, last] = std::ranges::unique(stages);
    stages.erase(first, last);
    return stages;
}

Json named(const std::string& name) {
    return Json{R"({"name":)" + json_quote(name) + "}"};
}

} // namespace

void NewStageRule::validate(Reader& reader) const {
    if (from_stages.empty()) reader.fail("from_stages", "required", "must name at least one stage");
    if (std::ranges::find(from_stages, to_stage) != from_stages.end()) {
        reader.fail("to_stage", "invalid", "must be another stage than before");
    }
}

Task<StageRules> Progression::rules(Context& ctx) {
    StageRules rules;
    rules.items = co_await db_.all<StageRule>(ctx, list_sql, ctx.account_id);
    co_return rules;
}

Task<StageRule> Progression::require_rule(Context& ctx, Id<StageRule> id) {
    auto rule = co_await db_.maybe<StageRule>(ctx, find_sql, ctx.account_id, id);
    if (!rule) throw not_found("stage rule");
    co_return std::move(*rule);
}

Task<StageRule> Progression::create(Context& ctx, const NewStageRule& input) {
    auto id = Id<StageRule>::make(ctx.now());
    auto threshold = input.threshold ? input.threshold->value : input.trigger == Trigger::silent ? 60 : 1;
    auto stages = each_once(input.from_stages);
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(
            put_sql, ctx.account_id, id, input.name, input.trigger, threshold, stages, input.to_stage,
            input.action.value_or(Action::suggest), input.active.value_or(true), ctx.now()
        );
        events_.record(tx, ctx, {.kind = "stage_rule_created", .data = named(input.name.value)});
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_rule(ctx, id);
}

Task<StageRule> Progression::update(
    Context& ctx, Id<StageRule> id, const StageRulePatch& patch, const http::Precondition& precondition
) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto rule = co_await tx.maybe<StageRule>(lock_sql, ctx.account_id, id);
        if (!rule) throw not_found("stage rule");
        precondition(std::to_string(rule->version));
        if (patch.name) rule->name = patch.name->value;
        if (patch.trigger) rule->trigger = *patch.trigger;
        if (patch.threshold) rule->threshold = patch.threshold->value;
        if (patch.from_stages) rule->from_stages = each_once(*patch.from_stages);
        if (patch.to_stage) rule->to_stage = *patch.to_stage;
        if (patch.action) rule->action = *patch.action;
        if (patch.active) rule->active = *patch.active;
        check_stages(rule->from_stages, rule->to_stage);
        co_await tx.exec(
            put_sql, ctx.account_id, id, rule->name, rule->trigger, rule->threshold, rule->from_stages, rule->to_stage,
            rule->action, rule->active, ctx.now()
        );
        // What it suggested before it said something else stands no longer.
        tx.queue(outdate_sql, ctx.account_id, id, ctx.now());
        events_.record(tx, ctx, {.kind = "stage_rule_updated", .data = named(rule->name)});
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_rule(ctx, id);
}

Task<> Progression::remove(Context& ctx, Id<StageRule> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto name = co_await tx.maybe<std::string>(remove_sql, ctx.account_id, id, ctx.now());
        if (!name) throw not_found("stage rule");
        tx.queue(outdate_sql, ctx.account_id, id, ctx.now());
        events_.record(tx, ctx, {.kind = "stage_rule_deleted", .data = named(*name)});
    };
    co_await db_.transaction(ctx, body);
}

Task<StageRule> Progression::restore(Context& ctx, Id<StageRule> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto name = co_await tx.maybe<std::string>(restore_sql, ctx.account_id, id);
        if (!name) throw not_found("deleted stage rule");
        events_.record(tx, ctx, {.kind = "stage_rule_restored", .data = named(*name)});
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_rule(ctx, id);
}

} // namespace doorstep::progression
