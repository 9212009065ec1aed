#include <kainjow/mustache.hpp>

#include "core/embedded.hpp"
#include "modules/messages/letter.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

using http::Context;

Task<http::Page<EmailSummary>> list_emails(Messages& messages, Context& ctx, http::Query<EmailFilter> filter) {
    co_return co_await messages.list(ctx, filter.value);
}

Task<EmailDetail> get_email(Messages& messages, Context& ctx, Id<EmailSummary> id) {
    return messages.require(ctx, id);
}

Task<Preview> preview_email(Messages& messages, Context& ctx, PreviewRequest request) {
    co_return co_await messages.preview(ctx, request);
}

Task<http::Created<EmailDetail>> send_email(Messages& messages, Context& ctx, SendRequest request) {
    auto email = co_await messages.send(ctx, request);
    auto location = "/api/emails/" + email.id.text();
    co_return http::Created<EmailDetail>{std::move(location), std::move(email)};
}

Task<EmailDetail> retry_email(Messages& messages, Context& ctx, Id<EmailSummary> id) {
    return messages.retry(ctx, id);
}

Task<contacts::BulkUpdated> retry_emails(Messages& messages, Context& ctx, contacts::BulkIds input) {
    co_return co_await messages.retry_all(ctx, input.ids);
}

Task<EmailDetail> cancel_email(Messages& messages, Context& ctx, Id<EmailSummary> id) {
    return messages.cancel(ctx, id);
}

Task<Checked> check_email(Messages& messages, Context& ctx, CheckRequest request) {
    co_return co_await messages.check_letter(ctx, request);
}

Task<http::Page<ReceivedEmail>> list_received_emails(Messages& messages, Context& ctx, http::Query<ReceivedFilter> filter) {
    co_return co_await messages.received(ctx, filter.value);
}

Task<ReceivedEmail> get_received_email(Messages& messages, Context& ctx, Id<ReceivedEmail> id) {
    return messages.require_received(ctx, id);
}

Task<ForwardingAddress> get_forwarding_address(Messages& messages, Context& ctx) {
    co_return ForwardingAddress{messages.forwarding_address(ctx.account_id)};
}

Task<http::Response> take_sendgrid_inbound(Messages& messages, Context& ctx, http::RawBody) {
    co_await messages.take_inbound(ctx);
    co_return http::Response::empty(200);
}

Task<http::Response> take_sendgrid_events(Messages& messages, Context& ctx, http::RawBody) {
    return messages.take_sendgrid(ctx);
}

/// Link scanners fetch every link of a mail: looking changes nothing.
Task<http::Response> show_unsubscribe(Messages& messages, Context& ctx, std::string token) {
    auto page = co_await messages.show_unsubscribe(ctx, std::move(token));
    co_return page.html();
}

/// RFC 8058: the mailbox provider posts, without cookies, in either form encoding; the address alone says who and what.
Task<http::Response> unsubscribe(Messages& messages, Context& ctx, std::string token, http::RawBody) {
    auto page = co_await messages.unsubscribe(ctx, std::move(token));
    co_return page.html();
}

} // namespace

void routes(http::Router& router, Messages& messages) {
    router.tag("E-mails");
    router.add("GET", "/api/emails", messages, list_emails)
        .scope("emails:read")
        .id("list_emails")
        .summary("What was sent, newest first");
    router.add("POST", "/api/emails/preview", messages, preview_email)
        .scope("emails:read")
        .id("preview_email")
        .summary("Writes an e-mail and shows it; nothing is stored or sent");
    router.add("POST", "/api/emails/send", messages, send_email)
        .scope("emails:write")
        .id("send_email")
        .summary("Sends an e-mail to a client, writing what is not given");
    router.add("POST", "/api/emails/check", messages, check_email)
        .scope("emails:read")
        .id("check_email")
        .summary("What to look at in a letter before it goes, and both its parts as they would arrive");
    router.add("POST", "/api/emails/retry", messages, retry_emails)
        .scope("emails:write")
        .id("retry_emails")
        .summary("Sends up to 1,000 failed e-mails again");
    router.add("GET", "/api/emails/received", messages, list_received_emails)
        .scope("emails:read")
        .id("list_received_emails")
        .summary("What people answered, newest first");
    router.add("GET", "/api/emails/received/{id}", messages, get_received_email)
        .scope("emails:read")
        .id("get_received_email")
        .summary("An e-mail that came in");
    router.add("GET", "/api/emails/forwarding-address", messages, get_forwarding_address)
        .scope("emails:read")
        .id("get_forwarding_address")
        .summary("Where an office can forward its mail to, so that answers are seen here");
    router.add("GET", "/api/emails/{id}", messages, get_email)
        .scope("emails:read")
        .id("get_email")
        .summary("An e-mail with its history");
    router.add("POST", "/api/emails/{id}/retry", messages, retry_email)
        .scope("emails:write")
        .id("retry_email")
        .summary("Sends a failed e-mail again");
    router.add("POST", "/api/emails/{id}/cancel", messages, cancel_email)
        .scope("emails:write")
        .id("cancel_email")
        .summary("Takes back a personal e-mail that is not on its way yet");
    router.tag("Webhooks");
    router.add("POST", "/webhook/sendgrid", messages, take_sendgrid_events)
        .open()
        .lenient()
        .max_body(8 << 20)
        .id("sendgrid_events")
        .summary("SendGrid's signed event webhook");
    router.add("POST", "/webhook/sendgrid/inbound", messages, take_sendgrid_inbound)
        .open()
        .lenient()
        .max_body(32 << 20)
        .id("sendgrid_inbound")
        .summary("SendGrid's Inbound Parse webhook, with a signature policy");
    router.tag("Pages");
    router.add("GET", "/u/{token}", messages, show_unsubscribe).open().hidden();
    router.add("POST", "/u/{token}", messages, unsubscribe).open().hidden();
}

} // namespace doorstep::messages
