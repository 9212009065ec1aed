#include "core/crypto.hpp"
#include "core/time.hpp"
#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox {
namespace {

using namespace std::chrono_literals;

struct Letter {
    std::string subject;
    std::string text;
    std::string answers_to;
    std::string message_id;
    BOOST_DESCRIBE_CLASS(Letter, (), (subject, text, answers_to, message_id), (), ())
};

// What the person got last, which an answer without an address is meant for.
const db::Query last_letter_sql{"sandbox.inbound.last_letter", R"sql(
    select coalesce(subject, '') as subject, coalesce(body_text, '') as text, coalesce(headers ->> 'Reply-To', from_address) as answers_to,
        message_id
    from sandbox.outbox where channel = 'email' and lower(to_address) = lower($1) order by seq desc limit 1
)sql"};

const db::Query signing_key_sql{"sandbox.inbound.key", "select private_key from sandbox.keys where name = 'sendgrid'"};

constexpr std::string_view boundary = "xYzZY";

void add_field(std::string& body, std::string_view name, std::string_view value) {
    body += "--" + std::string(boundary) + "\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n";
    body += value;
    body += "\r\n";
}

std::string quoted(const std::string& text) {
    std::string out = "> ";
    for (auto c : text) {
        out += c;
        if (c == '\n') out += "> ";
    }
    return out;
}

/// The form that Inbound Parse posts, of a mail as a mail program writes it.
std::string inbound_form(
    const InboundOrder& order, const std::string& to, const std::string& subject, const Letter& letter, Time now
) {
    auto text = order.text;
    if (!letter.text.empty()) {
        text += "\r\n\r\nOn " + format_mail_date(now) + " " + letter.answers_to + " wrote:\r\n" + quoted(letter.text);
    }
    std::string headers = "Received: by mx.sendgrid.test with SMTP; " + format_mail_date(now) + "\nFrom: " + order.from +
                          "\nTo: " + to + "\nSubject: " + subject + "\nDate: " + format_mail_date(now) + "\nMessage-ID: <" +
                          random_token(16) + "@mail.example.com>\n";
    if (!letter.message_id.empty()) headers += "In-Reply-To: <" + letter.message_id + "@geopod-ismtpd-1>\n";
    if (order.auto_submitted) headers += "Auto-Submitted: " + *order.auto_submitted + "\n";
    std::string body;
    add_field(body, "headers", headers);
    add_field(body, "dkim", "{@example.com : pass}");
    add_field(body, "to", to);
    add_field(body, "from", order.from);
    add_field(body, "subject", subject);
    add_field(body, "text", text);
    add_field(body, "sender_ip", "192.0.2.20");
    add_field(body, "envelope", R"({"to":[)" + json_quote(to) + R"(],"from":)" + json_quote(order.from) + "}");
    add_field(body, "attachments", "0");
    add_field(body, "charsets", R"({"to":"UTF-8","from":"UTF-8","subject":"UTF-8","text":"utf-8"})");
    add_field(body, "SPF", "pass");
    return body + "--" + std::string(boundary) + "--\r\n";
}

} // namespace

Task<Delivered> Sandbox::receive_email(const Context& ctx, const InboundOrder& order) {
    auto found = co_await db_.maybe<Letter>(ctx, last_letter_sql, order.from);
    auto letter = found.value_or(Letter{});
    if (!order.to && !found) throw invalid("to", "required", "is required where nothing was sent to this person yet");
    auto to = order.to.value_or(letter.answers_to);
    auto subject = order.subject.value_or("Re: " + letter.subject);
    auto body = inbound_form(order, to, subject, letter, ctx.now());

    co_await public_key(db_, ctx); // makes the pair at first use
    auto key = co_await db_.one<std::string>(ctx, signing_key_sql);
    auto timestamp = std::to_string(std::chrono::floor<std::chrono::seconds>(ctx.now().time_since_epoch()).count());
    http::Call call{
        .method = "POST",
        .url = options_.product_url + "/webhook/sendgrid/inbound",
        .body = body,
        .timeout = 10s,
        .provider = "sandbox",
    };
    call.headers.add("Content-Type", "multipart/form-data; boundary=" + std::string(boundary));
    call.headers.add("User-Agent", "Sendlib/1.0 server.sendgrid.test");
    call.headers.add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
    call.headers.add("X-Twilio-Email-Event-Webhook-Signature", base64_encode(sign_p256(key, timestamp + body)));
    auto reply = co_await client_.send(std::move(call));
    bool taken = reply && reply->status >= 200 && reply->status < 300;
    co_return Delivered{taken ? 1 : 0, reply ? std::optional(reply->status) : std::nullopt};
}

} // namespace doorstep::sandbox
