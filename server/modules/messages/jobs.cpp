#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

using jobs::Outcome;

Outcome outcome_of(const Delivery& delivery, Time now) {
    switch (delivery.kind) {
    case Delivery::Kind::held: return Outcome::snooze(delivery.until.value_or(now + std::chrono::minutes{15}), delivery.reason);
    case Delivery::Kind::later: return Outcome::retry(delivery.reason, delivery.until);
    case Delivery::Kind::sent:
    case Delivery::Kind::needs_person:
    case Delivery::Kind::refused:
    case Delivery::Kind::failed:
    case Delivery::Kind::unsettled: return Outcome::done();
    }
    return Outcome::done();
}

Task<std::vector<Outcome>> send_emails(
    Messages& messages, Context& ctx, const std::vector<jobs::Run>& runs, std::vector<SendEmail> jobs
) {
    std::vector<Messages::Waiting> emails;
    for (const auto& job : jobs) emails.push_back({.id = {job.message_id}});
    std::vector<Outcome> outcomes;
    for (const auto& delivery : co_await messages.deliver(ctx, runs, emails))
        outcomes.push_back(outcome_of(delivery, ctx.now()));
    co_return outcomes;
}

Task<Outcome> process_webhook(Messages& messages, Context& ctx, const jobs::Run&, ProcessWebhook job) {
    co_await messages.process_webhook(ctx, job.webhook_id);
    co_return Outcome::done();
}

Task<Outcome> process_inbound(Messages& messages, Context& ctx, const jobs::Run&, ProcessInbound job) {
    co_await messages.process_inbound(ctx, job.webhook_id);
    co_return Outcome::done();
}

} // namespace

void jobs(jobs::Registry& registry, Messages& messages) {
    registry.add_batch<SendEmail>(messages, send_emails, {.ack_now = true, .batch = 16});
    // They lock the same messages, and those that wait for locks would hold the connections that intake needs.
    registry.add<ProcessWebhook>(messages, process_webhook, {.max_attempts = 8, .at_once = 1});
    registry.add<ProcessInbound>(messages, process_inbound, {.max_attempts = 8});
}

} // namespace doorstep::messages
