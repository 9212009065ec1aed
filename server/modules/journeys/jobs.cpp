#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

Task<std::vector<jobs::Outcome>> follow_up(
    Journeys& journeys, Context& ctx, const std::vector<jobs::Run>& runs, std::vector<FollowUp> jobs
) {
    std::vector<Uuid> tasks;
    for (const auto& job : jobs) tasks.push_back(job.task_id);
    co_return co_await journeys.follow_up(ctx, runs, tasks);
}

Task<jobs::Outcome> apply_template(Journeys& journeys, Context& ctx, const jobs::Run&, ApplyTemplate job) {
    co_await journeys.apply_template(ctx, job.template_id);
    co_return jobs::Outcome::done();
}

} // namespace

void jobs(jobs::Registry& registry, Journeys& journeys) {
    registry.add_batch<FollowUp>(journeys, follow_up, {.ack_now = true, .batch = 16});
    registry.add<ApplyTemplate>(journeys, apply_template, {.timeout = std::chrono::minutes{10}});
}

} // namespace doorstep::journeys
