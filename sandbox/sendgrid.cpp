#include "core/crypto.hpp"
#include "core/text.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/sendgrid_mail.hpp"

namespace doorstep::sandbox {
namespace {

using sendgrid::Mail;
using sendgrid::Refusal;

constexpr std::size_t max_message_bytes = 30 << 20;

http::Response refuse(int status, const std::vector<Refusal>& refusals) {
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    json.key("errors");
    json.begin_array();
    for (const auto& refusal : refusals) {
        json.begin_object();
        json.key("message");
        json.string(refusal.message);
        json.key("field");
        refusal.field.empty() ? json.null() : json.string(refusal.field);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return http::Response::json(std::move(body), status);
}

http::Response server_error(int status) {
    auto message = status == 401   ? "authorization required"
                   : status == 403 ? "access forbidden"
                   : status < 500  ? "invalid request"
                                   : "internal server error";
    return refuse(status, {{message, ""}});
}

http::Response rate_limited(int status) {
    auto response = refuse(status, {{"too many requests", ""}});
    auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    response.headers.set("X-RateLimit-Limit", "600");
    response.headers.set("X-RateLimit-Remaining", "0");
    response.headers.set("X-RateLimit-Reset", std::to_string(now + 2));
    return response;
}

constexpr Manners mail_manners{"sendgrid", "mail/send", server_error, rate_limited};

/// Keys look like "SG.<id>.<secret>"; which one it is does not matter here.
bool has_key(const http::Request& request) {
    constexpr std::string_view scheme = "Bearer SG.";
    auto header = request.header("Authorization");
    return header && header->starts_with(scheme) && header->size() > scheme.size() &&
           header->find(' ', scheme.size()) == header->npos;
}

std::string header_object(const Mail& mail) {
    std::string out;
    JsonWriter json(out);
    auto add = [&json](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        json.key(name);
        json.string(value);
    };
    json.begin_object();
    add("From", mail.from_shown);
    add("To", mail.to_shown);
    add("Reply-To", mail.reply_to_shown);
    add("Subject", mail.subject);
    for (const auto& [name, value] : mail.headers) add(name, value);
    json.end_object();
    return out;
}

std::optional<std::string> present(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

/// What must be right before a message is looked at; otherwise the answer.
std::optional<http::Response> check_envelope(const http::Request& request) {
    if (!has_key(request)) return refuse(401, {{"The provided authorization grant is invalid, expired, or revoked", ""}});
    auto type = request.header("Content-Type");
    if (!type || !to_lower_ascii(*type).starts_with("application/json"))
        return refuse(415, {{"Content-Type should be application/json.", ""}});
    return std::nullopt;
}

Task<http::Response> take_mail(Sandbox& sandbox, http::Context& ctx) {
    if (auto refusal = check_envelope(*ctx.request)) co_return std::move(*refusal);
    auto document = JsonDocument::try_parse(ctx.request->body);
    if (!document) co_return refuse(400, {{"Bad Request", ""}});
    auto request = sendgrid::read_mail_request(document->root());
    if (!request) co_return refuse(400, request.error());
    if (request->only_checked) co_return http::Response::empty(200);

    // One transaction: a message is acknowledged when it is kept, and not half of a batch.
    auto message_id = random_token(16);
    Context plain = ctx;
    auto keep = [&](db::Session& tx) -> Task<> {
        Context inner = plain;
        inner.outer = &tx;
        for (const auto& mail : request->mails) {
            Message message{
                .id = Uuid::v7(ctx.now()),
                .channel = "email",
                .to = mail.to,
                .from = mail.from_shown,
                .subject = mail.subject,
                .text = present(mail.text),
                .html = present(mail.html),
                .headers = Json{header_object(mail)},
                .provider = "sendgrid",
                .message_id = message_id,
                .at = ctx.now(),
            };
            Json custom_args{mail.custom_args};
            co_await sandbox.record(inner, message, custom_args);
        }
    };
    co_await sandbox.db().transaction(plain, keep);
    auto response = http::Response::empty(202);
    response.headers.set("X-Message-Id", message_id);
    co_return response;
}

Task<http::Response> send_mail(Sandbox& sandbox, http::Context& ctx, http::RawBody) {
    auto serve = [&sandbox, &ctx]() -> Task<http::Response> { return take_mail(sandbox, ctx); };
    std::function<Task<http::Response>()> serve_call = serve;
    co_return co_await sandbox.play(ctx, mail_manners, serve_call);
}

} // namespace

void sendgrid_routes(http::Router& router, Sandbox& sandbox) {
    router.add("POST", "/sandbox/sendgrid/v3/mail/send", sandbox, send_mail).max_body(max_message_bytes).anonymous().hidden();
}

} // namespace doorstep::sandbox
