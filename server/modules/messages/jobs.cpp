#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

using jobs::Outcome;

Task<Outcome> send_email(Messages& messages, Context& ctx, const jobs::Run& run, SendEmail job) {
    auto delivery = co_await messages.deliver(ctx, run, {job.message_id});
    switch (delivery.kind) {
    case Delivery::Kind::held:
        co_return Outcome::snooze(delivery.until.value_or(ctx.now() + std::chrono::minutes{15}), delivery.reason);
    case Delivery::Kind::later: co_return Outcome::retry(delivery.reason, delivery.until);
    case Delivery::Kind::sent:
    case Delivery::Kind::needs_person:
    case Delivery::Kind::refused:
    case Delivery::Kind::failed:
    case Delivery::Kind::unsettled: co_return Outcome::done();
    }
    co_return Outcome::done();
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
    registry.add<SendEmail>(messages, send_email, {.ack_now = true});
    registry.add<ProcessWebhook>(messages, process_webhook, {.max_attempts = 8});
    registry.add<ProcessInbound>(messages, process_inbound, {.max_attempts = 8});
}

} // namespace doorstep::messages
