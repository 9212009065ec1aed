#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

Task<jobs::Outcome> follow_up(Journeys& journeys, Context& ctx, const jobs::Run& run, FollowUp job) {
    return journeys.follow_up(ctx, run, job.task_id);
}

} // namespace

void jobs(jobs::Registry& registry, Journeys& journeys) {
    registry.add<FollowUp>(journeys, follow_up, {.ack_now = true});
}

} // namespace doorstep::journeys
