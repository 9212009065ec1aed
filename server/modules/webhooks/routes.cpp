#include "modules/webhooks/webhooks.hpp"

namespace doorstep::webhooks {

namespace {

using http::Context;
using jobs::Outcome;

http::Versioned<Webhook> versioned(Webhook hook) {
    auto version = std::to_string(hook.version);
    return {std::move(version), std::move(hook)};
}

Task<WebhookList> list_webhooks(Webhooks& webhooks, Context& ctx) {
    return webhooks.list(ctx);
}

Task<http::Created<MadeWebhook>> create_webhook(Webhooks& webhooks, Context& ctx, NewWebhook input) {
    auto made = co_await webhooks.create(ctx, input);
    auto location = "/api/webhooks/" + made.id.text();
    co_return http::Created<MadeWebhook>{std::move(location), std::move(made)};
}

Task<http::Versioned<Webhook>> get_webhook(Webhooks& webhooks, Context& ctx, Id<Webhook> id) {
    auto hook = co_await webhooks.require(ctx, id);
    co_return versioned(std::move(hook));
}

Task<http::Versioned<Webhook>> update_webhook(Webhooks& webhooks, Context& ctx, Id<Webhook> id, WebhookPatch patch) {
    auto hook = co_await webhooks.update(ctx, id, patch, http::if_match(ctx));
    co_return versioned(std::move(hook));
}

Task<> delete_webhook(Webhooks& webhooks, Context& ctx, Id<Webhook> id) {
    co_await webhooks.remove(ctx, id);
}

Task<NewSecret> rotate_webhook_secret(Webhooks& webhooks, Context& ctx, Id<Webhook> id, Rotation rotation) {
    co_return co_await webhooks.rotate(ctx, id, rotation);
}

Task<> test_webhook(Webhooks& webhooks, Context& ctx, Id<Webhook> id) {
    co_await webhooks.test(ctx, id);
}

Task<http::Page<Delivery>> list_webhook_deliveries(
    Webhooks& webhooks, Context& ctx, Id<Webhook> id, http::Query<DeliveryFilter> filter
) {
    co_return co_await webhooks.deliveries(ctx, id, filter.value);
}

Task<DeliveryDetail> get_webhook_delivery(Webhooks& webhooks, Context& ctx, Id<Webhook> id, Uuid event_id) {
    return webhooks.delivery(ctx, id, event_id);
}

Task<DeliveryDetail> replay_webhook_delivery(Webhooks& webhooks, Context& ctx, Id<Webhook> id, Uuid event_id) {
    return webhooks.replay(ctx, id, event_id);
}

Task<Replayed> replay_failed_deliveries(Webhooks& webhooks, Context& ctx, Id<Webhook> id, ReplayRequest request) {
    return webhooks.replay_failed(ctx, id, request.since);
}

Task<Outcome> deliver(Webhooks& webhooks, doorstep::Context& ctx, const jobs::Run&, Deliver job) {
    co_return co_await webhooks.deliver(ctx, job);
}

} // namespace

void routes(http::Router& router, Webhooks& webhooks) {
    router.tag("Outgoing webhooks");
    router.add("GET", "/api/webhooks", webhooks, list_webhooks)
        .scope("webhooks:read")
        .id("list_webhooks")
        .summary("The addresses that are told what happens");
    router.add("POST", "/api/webhooks", webhooks, create_webhook)
        .scope("webhooks:write")
        .shown_once()
        .id("create_webhook")
        .summary("Adds an address; its secret, for Standard Webhooks signatures, is shown this once");
    router.add("GET", "/api/webhooks/{id}", webhooks, get_webhook)
        .scope("webhooks:read")
        .id("get_webhook")
        .summary("An address and how it does");
    router.add("PATCH", "/api/webhooks/{id}", webhooks, update_webhook)
        .scope("webhooks:write")
        .id("update_webhook")
        .summary("Changes the address, its filter, or switches it on or off");
    router.add("DELETE", "/api/webhooks/{id}", webhooks, delete_webhook)
        .scope("webhooks:write")
        .id("delete_webhook")
        .summary("Removes an address with its log");
    router.add("POST", "/api/webhooks/{id}/rotate-secret", webhooks, rotate_webhook_secret)
        .scope("webhooks:write")
        .shown_once()
        .id("rotate_webhook_secret")
        .summary("Makes a new secret; the one before signs along for a day, or as long as you say");
    router.add("POST", "/api/webhooks/{id}/test", webhooks, test_webhook)
        .scope("webhooks:write")
        .id("test_webhook")
        .summary("Sends an event of the type webhook.tested");
    router.add("GET", "/api/webhooks/{id}/deliveries", webhooks, list_webhook_deliveries)
        .scope("webhooks:read")
        .id("list_webhook_deliveries")
        .summary("What was sent in the last thirty days, newest first");
    router.add("GET", "/api/webhooks/{id}/deliveries/{event_id}", webhooks, get_webhook_delivery)
        .scope("webhooks:read")
        .id("get_webhook_delivery")
        .summary("A delivery with its body and every attempt");
    router.add("POST", "/api/webhooks/{id}/deliveries/{event_id}/replay", webhooks, replay_webhook_delivery)
        .scope("webhooks:write")
        .id("replay_webhook_delivery")
        .summary("Sends an event again, under the same webhook-id");
    router.add("POST", "/api/webhooks/{id}/replay", webhooks, replay_failed_deliveries)
        .scope("webhooks:write")
        .id("replay_failed_deliveries")
        .summary("Sends again what failed since an instant");
}

void jobs(jobs::Registry& registry, Webhooks& webhooks) {
    registry.add<Deliver>(webhooks, deliver, {.max_attempts = 10});
}

} // namespace doorstep::webhooks
