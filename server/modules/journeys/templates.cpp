#include "modules/journeys/templates.hpp"

#include <algorithm>
#include <set>

#include "jobs/jobs.hpp"
#include "modules/journeys/built_in.hpp"

namespace doorstep::journeys {

namespace {

#define TEMPLATE_COLUMNS                                                                                                   \
    " t.id, t.name, t.starts, t.stage, t.active, t.id = $2 as built_in, t.id = $2 as edited, t.steps, t.version,"          \
    " (select count(*) from journeys j where j.account_id = t.account_id and j.template_id = t.id and j.ended_at is null)" \
    " as running "

const db::Query list_sql{
    "journey_templates.list",
    "select" TEMPLATE_COLUMNS "from journey_templates t where t.account_id = $1 and t.deleted_at is null order by lower(t.name)"
};

const db::Query find_sql{
    "journey_templates.find",
    "select" TEMPLATE_COLUMNS "from journey_templates t where t.account_id = $1 and t.id = $3 and t.deleted_at is null"
};

const db::Query lock_sql{
    "journey_templates.lock",
    "select" TEMPLATE_COLUMNS
    "from journey_templates t where t.account_id = $1 and t.id = $3 and t.deleted_at is null for update of t"
};

// Of the built-in one, to know whether it is edited; of the others, those that start now.
const db::Query occasion_sql{"journey_templates.for_occasion", R"sql(
    select t.id, t.name, t.starts, t.stage, t.active, t.id = $2 as built_in, t.id = $2 as edited, t.steps, t.version, 0 as running
    from journey_templates t
    where t.account_id = $1 and t.deleted_at is null
        and (t.id = $2 or (t.active and t.starts = $3 and (t.stage is null or t.stage = $4)))
)sql"};

const db::Query running_sql{"journey_templates.running", R"sql(
    select count(*) from journeys where account_id = $1 and template_id = $2 and ended_at is null
)sql"};

const db::Query put_sql{"journey_templates.put", R"sql(
    insert into journey_templates (account_id, id, name, starts, stage, active, steps, created_at, updated_at, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
    on conflict (account_id, id) do update set name = $3, starts = $4, stage = $5, active = $6, steps = $7, updated_at = $8,
        deleted_at = null, version = journey_templates.version + 1
)sql"};

const db::Query remove_sql{"journey_templates.remove", R"sql(
    update journey_templates set deleted_at = $3, version = version + 1 where account_id = $1 and id = $2 and deleted_at is null
    returning name
)sql"};

const db::Query restore_sql{"journey_templates.restore", R"sql(
    update journey_templates set deleted_at = null, version = version + 1
    where account_id = $1 and id = $2 and deleted_at is not null
    returning name
)sql"};

const db::Query rival_sql{"journey_templates.rival", R"sql(
    select true from journey_templates
    where account_id = $1 and id <> $2 and active and deleted_at is null and starts = 'new_client' and stage is null
)sql"};

Error start_taken() {
    auto error = conflict("start_taken", "Another plan starts on this occasion. Switch that one off first.");
    error.fields.push_back({"starts", "taken", "is the start of another plan"});
    return error;
}

/// What the store refused, as an answer; anything else is thrown on.
[[noreturn]] void explain(const db::Failure& failure) {
    if (failure.unique_violation("journey_templates_start_key")) throw start_taken();
    if (failure.unique_violation("journey_templates_name_key")) {
        auto error = conflict("name_taken", "Another plan has this name.");
        error.fields.push_back({"name", "taken", "is the name of another plan"});
        throw error;
    }
    throw failure;
}

void check_steps(const std::vector<NewStep>& steps, Reader& reader) {
    if (steps.empty()) reader.fail("steps", "required", "must have at least one step");
    if (steps.size() > 50) reader.fail("steps", "too_long", "may have at most 50 steps");
    std::set<Uuid> seen;
    for (auto& step : steps) {
        if (step.id && !seen.insert(*step.id).second) reader.fail("steps", "duplicate", "may name a step once only");
    }
}

std::vector<Step> steps_of(const std::vector<NewStep>& input, const std::vector<Step>& before, Time now) {
    std::vector<Step> steps;
    for (std::size_t i = 0; i < input.size(); ++i) {
        auto& step = input[i];
        auto known = [&](const Step& old) { return step.id == old.id; };
        if (step.id && std::ranges::none_of(before, known)) {
            throw invalid("steps." + std::to_string(i) + ".id", "unknown", "is no step of this plan");
        }
        auto channel = step.channel.value_or(Channel::email);
        auto by_itself = channel == Channel::call || channel == Channel::note ? Mode::manual : Mode::automatic;
        steps.push_back({
            .id = step.id.value_or(Uuid::v7(now)),
            .name = step.name.value,
            .followup_type = step.followup_type.value_or(FollowupType::custom),
            .offset_minutes = step.offset_minutes.value,
            .channel = channel,
            .priority = step.priority.value_or(Priority::medium),
            .mode = step.mode.value_or(by_itself),
            .instructions =
                step.instructions && !step.instructions->value.empty() ? std::optional(step.instructions->value) : std::nullopt,
            .letter_id = step.letter_id,
            .manual_reason = {},
        });
    }
    std::ranges::sort(steps, {}, [](const Step& step) { return std::pair(step.offset_minutes, step.id); });
    return steps;
}

void check_start(const JourneyTemplate& plan) {
    using contacts::Stage;
    if (plan.starts == Starts::stage_entered && !plan.stage) throw invalid("stage", "required", "is required for this start");
    if (plan.starts == Starts::by_hand && plan.stage)
        throw invalid("stage", "not_allowed", "is for plans that start themselves");
    bool over = plan.stage == Stage::closed || plan.stage == Stage::lost;
    auto sent = [](const Step& step) { return step.practical_mode() != Mode::manual; };
    if (over && std::ranges::any_of(plan.steps, sent)) {
        throw invalid("steps", "not_allowed", "must be manual: nothing is sent to people who are closed or lost");
    }
}

/// What the store does not keep: why steps can't be done as the plan wants.
JourneyTemplate complete(JourneyTemplate plan) {
    for (auto& step : plan.steps) {
        if (step.practical_mode() != step.mode) {
            step.manual_reason = step.channel == Channel::sms ? "text messages can't be sent from here yet"
                                                              : "WhatsApp messages can't be sent from here yet";
        }
    }
    return plan;
}

bool fits(const JourneyTemplate& plan, Starts starts, contacts::Stage stage) {
    return plan.active && plan.starts == starts && (!plan.stage || *plan.stage == stage);
}

} // namespace

std::string Step::title() const {
    return name == enum_text(followup_type) ? std::string() : name;
}

void NewStep::validate(Reader& reader) const {
    bool people_only = channel == Channel::call || channel == Channel::note;
    if (people_only && mode && *mode != Mode::manual) {
        reader.fail("mode", "not_allowed", "must be manual: calls and reminders are for people");
    }
    if (letter_id && channel.value_or(Channel::email) != Channel::email) {
        reader.fail("letter_id", "not_allowed", "is for steps by e-mail");
    }
}

void NewJourneyTemplate::validate(Reader& reader) const {
    check_steps(steps, reader);
}

void JourneyTemplatePatch::validate(Reader& reader) const {
    if (steps) check_steps(*steps, reader);
}

Task<JourneyTemplates> Templates::list(Context& ctx) {
    JourneyTemplates plans;
    plans.items = co_await db_.all<JourneyTemplate>(ctx, list_sql, ctx.account_id, built_in_template);
    if (std::ranges::none_of(plans.items, &JourneyTemplate::built_in)) {
        auto plan = built_in_plan();
        plan.running = co_await db_.one<std::int64_t>(ctx, running_sql, ctx.account_id, built_in_template);
        plans.items.push_back(std::move(plan));
    }
    auto built_in = std::ranges::find_if(plans.items, &JourneyTemplate::built_in);
    std::rotate(plans.items.begin(), built_in, built_in + 1);
    for (auto& plan : plans.items) plan = complete(std::move(plan));
    co_return plans;
}

Task<JourneyTemplate> Templates::require(Context& ctx, Id<JourneyTemplate> id) {
    auto plan = co_await db_.maybe<JourneyTemplate>(ctx, find_sql, ctx.account_id, built_in_template, id);
    if (plan) co_return complete(std::move(*plan));
    if (id.value != built_in_template) throw not_found("follow-up plan");
    auto first_form = built_in_plan();
    first_form.running = co_await db_.one<std::int64_t>(ctx, running_sql, ctx.account_id, built_in_template);
    co_return first_form;
}

Task<JourneyTemplate> Templates::require(db::Session& tx, Context& ctx, Id<JourneyTemplate> id) {
    auto plan = co_await tx.maybe<JourneyTemplate>(lock_sql, ctx.account_id, built_in_template, id);
    if (plan) co_return complete(std::move(*plan));
    if (id.value != built_in_template) throw not_found("follow-up plan");
    co_return built_in_plan();
}

Task<> Templates::put(db::Session& tx, Context& ctx, const JourneyTemplate& plan) {
    check_start(plan);
    bool for_anyone_new = plan.active && plan.starts == Starts::new_client && !plan.stage;
    if (for_anyone_new && plan.id.value != built_in_template) {
        auto first_form = co_await tx.maybe<JourneyTemplate>(lock_sql, ctx.account_id, built_in_template, built_in_template);
        if (!first_form) throw start_taken();
    }
    auto steps = plan.steps;
    for (auto& step : steps) step.manual_reason.reset();
    auto first_version = plan.built_in ? 2 : 1; // version 1 of the built-in plan is its first form
    co_await tx.exec(
        put_sql, ctx.account_id, plan.id, plan.name, plan.starts, plan.stage, plan.active, steps, ctx.now(), first_version
    );
}

Task<JourneyTemplate> Templates::create(Context& ctx, const NewJourneyTemplate& input) {
    JourneyTemplate plan;
    plan.id = Id<JourneyTemplate>::make(ctx.now());
    plan.name = input.name.value;
    plan.starts = input.starts.value_or(Starts::by_hand);
    plan.stage = input.stage;
    plan.active = input.active.value_or(true);
    plan.steps = steps_of(input.steps, {}, ctx.now());
    auto body = [&](db::Session& tx) -> Task<> {
        co_await check_letters(tx, ctx, input.steps);
        co_await put(tx, ctx, plan);
        events_.record(
            tx, ctx, {.kind = "journey_template_created", .data = Json{R"({"name":)" + json_quote(plan.name) + "}"}}
        );
    };
    try {
        co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        explain(failure);
    }
    co_return co_await require(ctx, plan.id);
}

Task<JourneyTemplate> Templates::update(
    Context& ctx, Id<JourneyTemplate> id, const JourneyTemplatePatch& patch, const http::Precondition& precondition
) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto plan = co_await require(tx, ctx, id);
        precondition(std::to_string(plan.version));
        if (patch.name) plan.name = patch.name->value;
        if (patch.starts) plan.starts = *patch.starts;
        if (patch.stage) plan.stage = *patch.stage;
        if (patch.active) plan.active = *patch.active;
        if (patch.steps) co_await check_letters(tx, ctx, *patch.steps);
        if (patch.steps) plan.steps = steps_of(*patch.steps, plan.steps, ctx.now());
        co_await put(tx, ctx, plan);
        if (patch.steps) jobs::enqueue(tx, ctx, ApplyTemplate{id.value}, {.unique_key = id.text()});
        events_.record(
            tx, ctx, {.kind = "journey_template_updated", .data = Json{R"({"name":)" + json_quote(plan.name) + "}"}}
        );
    };
    try {
        co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        explain(failure);
    }
    co_return co_await require(ctx, id);
}

Task<> Templates::remove(Context& ctx, Id<JourneyTemplate> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        if (id.value == built_in_template) {
            auto rival = co_await tx.maybe<bool>(rival_sql, ctx.account_id, built_in_template);
            if (rival) throw start_taken();
        }
        auto name = co_await tx.maybe<std::string>(remove_sql, ctx.account_id, id, ctx.now());
        if (!name) throw not_found("follow-up plan");
        if (id.value == built_in_template) jobs::enqueue(tx, ctx, ApplyTemplate{id.value}, {.unique_key = id.text()});
        events_.record(tx, ctx, {.kind = "journey_template_deleted", .data = Json{R"({"name":)" + json_quote(*name) + "}"}});
    };
    co_await db_.transaction(ctx, body);
}

Task<JourneyTemplate> Templates::restore(Context& ctx, Id<JourneyTemplate> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto name = co_await tx.maybe<std::string>(restore_sql, ctx.account_id, id);
        if (!name) throw not_found("deleted follow-up plan");
        if (id.value == built_in_template) jobs::enqueue(tx, ctx, ApplyTemplate{id.value}, {.unique_key = id.text()});
        events_.record(tx, ctx, {.kind = "journey_template_restored", .data = Json{R"({"name":)" + json_quote(*name) + "}"}});
    };
    try {
        co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        explain(failure);
    }
    co_return co_await require(ctx, id);
}

Task<std::optional<JourneyTemplate>> Templates::find_for(db::Session& tx, Context& ctx, Starts starts, contacts::Stage stage) {
    auto plans = co_await tx.all<JourneyTemplate>(occasion_sql, ctx.account_id, built_in_template, starts, stage);
    if (std::ranges::none_of(plans, &JourneyTemplate::built_in)) plans.push_back(built_in_plan());
    std::optional<JourneyTemplate> found;
    for (auto& plan : plans) {
        if (fits(plan, starts, stage) && (!found || plan.stage)) found = complete(std::move(plan));
    }
    co_return found;
}

} // namespace doorstep::journeys
