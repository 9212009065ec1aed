#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

using http::Context;

http::Versioned<JourneyTemplate> versioned(JourneyTemplate plan) {
    auto version = std::to_string(plan.version);
    return {std::move(version), std::move(plan)};
}

Task<JourneyTemplates> list_templates(Journeys& journeys, Context& ctx) {
    return journeys.templates().list(ctx);
}

Task<http::Created<JourneyTemplate>> create_template(Journeys& journeys, Context& ctx, NewJourneyTemplate input) {
    auto plan = co_await journeys.templates().create(ctx, input);
    auto location = "/api/journey-templates/" + plan.id.text();
    co_return http::Created<JourneyTemplate>{std::move(location), std::move(plan)};
}

Task<http::Versioned<JourneyTemplate>> get_template(Journeys& journeys, Context& ctx, Id<JourneyTemplate> id) {
    auto plan = co_await journeys.templates().require(ctx, id);
    co_return versioned(std::move(plan));
}

Task<http::Versioned<JourneyTemplate>> update_template(
    Journeys& journeys, Context& ctx, Id<JourneyTemplate> id, JourneyTemplatePatch patch
) {
    auto plan = co_await journeys.templates().update(ctx, id, patch, http::if_match(ctx));
    co_return versioned(std::move(plan));
}

Task<contacts::Success> delete_template(Journeys& journeys, Context& ctx, Id<JourneyTemplate> id) {
    co_await journeys.templates().remove(ctx, id);
    co_return contacts::Success{};
}

Task<JourneyTemplate> restore_template(Journeys& journeys, Context& ctx, Id<JourneyTemplate> id) {
    return journeys.templates().restore(ctx, id);
}

} // namespace

void template_routes(http::Router& router, Journeys& journeys) {
    router.tag("Follow-up plans");
    router.add("GET", "/api/journey-templates", journeys, list_templates)
        .scope("tasks:read")
        .id("list_journey_templates")
        .summary("The account's follow-up plans, the built-in one first");
    router.add("POST", "/api/journey-templates", journeys, create_template)
        .scope("tasks:write")
        .id("create_journey_template")
        .summary("Adds a follow-up plan");
    router.add("GET", "/api/journey-templates/{id}", journeys, get_template)
        .scope("tasks:read")
        .id("get_journey_template")
        .summary("A follow-up plan with its steps");
    router.add("PATCH", "/api/journey-templates/{id}", journeys, update_template)
        .scope("tasks:write")
        .id("update_journey_template")
        .summary("Changes a plan; journeys under way follow it from each person's position on");
    router.add("DELETE", "/api/journey-templates/{id}", journeys, delete_template)
        .scope("tasks:write")
        .id("delete_journey_template")
        .summary("Deletes a plan, journeys under way go on; the built-in plan gets its first form back");
    router.add("POST", "/api/journey-templates/{id}/restore", journeys, restore_template)
        .scope("tasks:write")
        .id("restore_journey_template")
        .summary("Undoes a deletion");
}

} // namespace doorstep::journeys
