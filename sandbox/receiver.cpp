#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox {
namespace {

/// How a receiver is made to answer.
struct ReceiverManners {
    std::optional<Int<200, 599>> status;
    BOOST_DESCRIBE_CLASS(ReceiverManners, (), (status), (), ())
};

std::string header_object(const http::Request& request) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    for (std::string_view name : {"Content-Type", "User-Agent", "webhook-id", "webhook-timestamp", "webhook-signature"}) {
        auto value = request.header(name);
        if (!value) continue;
        json.key(name);
        json.string(*value);
    }
    json.end_object();
    return out;
}

/// An office's own program that is told what happens: what it gets is in the outbox, on the channel `webhook`.
Task<http::Response> take_webhook(
    Sandbox& sandbox, http::Context& ctx, std::string name, http::Query<ReceiverManners> manners, http::RawBody body
) {
    auto id = ctx.request->header("webhook-id");
    Message message{
        .id = Uuid::v7(ctx.now()),
        .channel = "webhook",
        .to = name,
        .from = "Doorstep",
        .text = std::move(body.bytes),
        .headers = Json{header_object(*ctx.request)},
        .provider = "webhooks",
        .message_id = id ? std::string(*id) : std::string(),
        .at = ctx.now(),
    };
    co_await sandbox.record(ctx, message, Json{"{}"});
    co_return http::Response::empty(manners->status ? int(manners->status->value) : 204);
}

} // namespace

void receiver_routes(http::Router& router, Sandbox& sandbox) {
    router.add("POST", "/sandbox/webhooks/{name}", sandbox, take_webhook).anonymous().hidden();
}

} // namespace doorstep::sandbox
