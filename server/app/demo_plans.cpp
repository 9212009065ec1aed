#include "app/demo_plans.hpp"

namespace doorstep::app {

namespace {

using namespace journeys;
using progression::Action;
using progression::Trigger;

NewStep step(std::string name, std::int64_t minutes, Channel channel, Mode mode, std::string instructions = "") {
    NewStep step;
    step.name.value = std::move(name);
    step.offset_minutes.value = minutes;
    step.channel = channel;
    step.mode = mode;
    if (!instructions.empty()) step.instructions = Text<0, 500>{std::move(instructions)};
    return step;
}

NewJourneyTemplate after_a_viewing() {
    constexpr std::int64_t hour = 60;
    NewJourneyTemplate plan;
    plan.name.value = "After a viewing";
    plan.steps = {
        step("Ring and ask how it was", 2 * hour, Channel::call, Mode::manual),
        step(
            "Answer the open questions", 24 * hour, Channel::email, Mode::approve,
            "Thank them for coming; offer a second viewing."
        ),
        step("Two more houses like it", 7 * 24 * hour, Channel::email, Mode::automatic, "Mention that new listings came in."),
    };
    return plan;
}

progression::NewStageRule rule(std::string name, Trigger trigger, int threshold, contacts::Stage to) {
    progression::NewStageRule rule;
    rule.name.value = std::move(name);
    rule.trigger = trigger;
    rule.threshold = Int<1, 3650>{threshold};
    rule.from_stages = {contacts::Stage::lead};
    rule.to_stage = to;
    rule.action = Action::suggest;
    return rule;
}

} // namespace

Task<> make_demo_plans(Modules& modules, Context& ctx, std::vector<Id<contacts::Client>> in_talks) {
    auto plan = co_await modules.journeys.templates().create(ctx, after_a_viewing());
    co_await modules.progression.create(ctx, rule("Answers us", Trigger::replied, 1, contacts::Stage::negotiating));
    co_await modules.progression.create(ctx, rule("Clicks and clicks", Trigger::clicked, 2, contacts::Stage::negotiating));
    co_await modules.progression.create(ctx, rule("Gone quiet", Trigger::silent, 60, contacts::Stage::lost));
    if (in_talks.size() > 2) in_talks.resize(2);
    for (auto& client : in_talks) {
        NewJourney journey{.template_id = plan.id, .replace = true};
        co_await modules.journeys.begin(ctx, client, journey);
    }
    if (in_talks.empty()) co_return;
    NewTask letter;
    letter.client_id = in_talks.front();
    letter.followup_type = FollowupType::week_1;
    letter.scheduled_for = ctx.now();
    letter.mode = Mode::approve;
    co_await modules.journeys.create(ctx, letter);
}

} // namespace doorstep::app
