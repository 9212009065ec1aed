#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

Task<jobs::Outcome> follow_up(Journeys& journeys, Context& ctx, const jobs::Run& run, FollowUp job) {
    return journeys.follow_up(ctx, run, job.task_id);
}

Task<jobs::Outcome> apply_template(Journeys& journeys, Context& ctx, const jobs::Run&, ApplyTemplate job) {
    co_await journeys.apply_template(ctx, job.template_id);
    co_return jobs::Outcome::done();
}

} // namespace

void jobs(jobs::Registry& registry, Journeys& journeys) {
    registry.add<FollowUp>(journeys, follow_up, {.ack_now = true});
    registry.add<ApplyTemplate>(journeys, apply_template, {.timeout = std::chrono::minutes{10}});
}

} // namespace doorstep::journeys
