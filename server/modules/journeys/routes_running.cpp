#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

using http::Context;

Task<http::Page<Journey>> list_journeys(Journeys& journeys, Context& ctx, http::Query<JourneyFilter> filter) {
    co_return co_await journeys.list_journeys(ctx, filter.value);
}

Task<http::Page<Journey>> list_client_journeys(
    Journeys& journeys, Context& ctx, Id<Client> client, http::Query<JourneyFilter> filter
) {
    co_await journeys.contacts().require(ctx, client);
    filter.value.client_id = client;
    co_return co_await journeys.list_journeys(ctx, filter.value);
}

Task<http::Created<Journey>> start_journey(Journeys& journeys, Context& ctx, Id<Client> client, NewJourney input) {
    auto journey = co_await journeys.begin(ctx, client, input);
    auto location = "/api/journeys/" + journey.id.text();
    co_return http::Created<Journey>{std::move(location), std::move(journey)};
}

Task<Journey> get_journey(Journeys& journeys, Context& ctx, Id<Journey> id) {
    return journeys.require_journey(ctx, id);
}

Task<Journey> pause_journey(Journeys& journeys, Context& ctx, Id<Journey> id) {
    return journeys.pause(ctx, id);
}

Task<Journey> resume_journey(Journeys& journeys, Context& ctx, Id<Journey> id) {
    return journeys.go_on(ctx, id);
}

Task<Journey> stop_journey(Journeys& journeys, Context& ctx, Id<Journey> id, StopRequest request) {
    co_return co_await journeys.end(ctx, id, request);
}

} // namespace

void running_routes(http::Router& router, Journeys& journeys) {
    router.tag("Journeys");
    router.add("GET", "/api/journeys", journeys, list_journeys)
        .scope("tasks:read")
        .id("list_journeys")
        .summary("Follow-up plans under way and past ones, newest first, each with its next step");
    router.add("GET", "/api/journeys/{id}", journeys, get_journey).scope("tasks:read").id("get_journey").summary("A journey");
    router.add("POST", "/api/journeys/{id}/pause", journeys, pause_journey)
        .scope("tasks:write")
        .id("pause_journey")
        .summary("Nothing is sent until it is resumed");
    router.add("POST", "/api/journeys/{id}/resume", journeys, resume_journey)
        .scope("tasks:write")
        .id("resume_journey")
        .summary("Goes on: after a pause everything to come moves by its length");
    router.add("POST", "/api/journeys/{id}/stop", journeys, stop_journey)
        .scope("tasks:write")
        .id("stop_journey")
        .summary("Ends it; its steps are skipped with the reason");
    router.add("GET", "/api/clients/{id}/journeys", journeys, list_client_journeys)
        .scope("tasks:read")
        .id("list_client_journeys")
        .summary("A client's journeys, newest first");
    router.add("POST", "/api/clients/{id}/journeys", journeys, start_journey)
        .scope("tasks:write")
        .id("start_journey")
        .summary("Starts a plan with a client");
}

} // namespace doorstep::journeys
