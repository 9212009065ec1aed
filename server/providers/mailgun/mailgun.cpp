#include "providers/mailgun/mailgun.hpp"

#include <algorithm>
#include <charconv>

#include "core/crypto.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "providers/email/outcome.hpp"
#include "providers/smtp/mail_text.hpp"

namespace doorstep::providers {
namespace {

using mail::OutgoingEmail;
using mail::SendResult;
using std::chrono::seconds;

void append(std::string& form, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!form.empty()) form += '&';
    form += http::percent_encode(name) + '=' + http::percent_encode(value);
}

std::string request_body(const OutgoingEmail& email) {
    std::string form;
    append(form, "from", header_address(email.from_name, email.from.value));
    append(form, "to", header_address(email.to_name, email.to.value));
    append(form, "subject", email.subject);
    append(form, "text", email.text);
    append(form, "html", email.html);
    if (email.reply_to) append(form, "h:Reply-To", email.reply_to->value);
    // The same at each attempt, so that a mailbox that gets two shows one.
    append(form, "h:Message-Id", "<" + email.email_id + "@" + email.from.value.substr(email.from.value.rfind('@') + 1) + ">");
    if (!email.unsubscribe_url.empty()) {
        append(form, "h:List-Unsubscribe", "<" + email.unsubscribe_url + ">");
        append(form, "h:List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    append(form, "h:In-Reply-To", email.in_reply_to);
    append(form, "h:References", email.references);
    append(form, "o:tracking-opens", "yes");
    append(form, "o:tracking-clicks", email.private_links ? "no" : "htmlonly");
    append(form, "v:email_id", email.email_id);
    append(form, "v:account_id", email.account_id);
    append(form, "v:client_id", email.client_id);
    append(form, "v:task_id", email.task_id);
    return form;
}

/// {"message": "…"}, a JSON string, or plain text.
std::string error_text(const http::Reply& reply) {
    auto status = std::to_string(reply.status);
    auto document = JsonDocument::try_parse(reply.body);
    std::string_view said = trim(reply.body);
    if (document && document->root().kind() == JsonView::Kind::string) said = document->root().string();
    if (document && document->root().kind() == JsonView::Kind::object) {
        auto message = document->root().find("message");
        said = message && message->kind() == JsonView::Kind::string ? message->string() : std::string_view();
    }
    if (said.empty() || !is_utf8(said)) return "Mailgun answered " + status;
    return "Mailgun answered " + status + ": " + std::string(utf8_prefix(said, 300));
}

/// Retry-After, or "… try again after 120 seconds" in the text.
std::optional<seconds> wait_asked_for(const http::Reply& reply) {
    if (auto wait = http::retry_after(reply.headers, std::chrono::system_clock::now())) return wait;
    constexpr std::string_view words = "again after ";
    auto start = reply.body.find(words);
    if (start == std::string::npos) return std::nullopt;
    std::int64_t count = 0;
    auto* from = reply.body.data() + start + words.size();
    if (std::from_chars(from, reply.body.data() + reply.body.size(), count).ec != std::errc{} || count < 0) return std::nullopt;
    return seconds(std::min<std::int64_t>(count, 86'400));
}

/// The id of an accepted message, without its angle brackets; empty where there is none.
std::string accepted_id(const http::Reply& reply) {
    auto document = JsonDocument::try_parse(reply.body);
    if (reply.status != 200 || !document || document->root().kind() != JsonView::Kind::object) return {};
    auto id = document->root().find("id");
    if (!id || id->kind() != JsonView::Kind::string) return {};
    auto text = trim(id->string());
    if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
    return std::string(text);
}

class Mailgun final : public mail::EmailSender {
public:
    Mailgun(MailgunOptions options, http::Client& client, const Clock& clock)
        : options_(std::move(options)), client_(client), clock_(clock) {
        while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
    }

    std::string_view name() const override { return "mailgun"; }

    Task<SendResult> send(const OutgoingEmail& email) override {
        http::Call call{
            .method = "POST",
            .url = options_.base_url + "/v3/" + http::percent_encode(options_.domain) + "/messages",
            .body = request_body(email),
            .timeout = options_.timeout,
            .provider = "mailgun",
        };
        call.headers.add("Authorization", "Basic " + base64_encode("api:" + options_.api_key));
        call.headers.add("Content-Type", "application/x-www-form-urlencoded");
        auto reply = co_await client_.send(std::move(call));
        if (!reply) co_return unanswered("Mailgun", reply.error());
        if (auto id = accepted_id(*reply); !id.empty())
            co_return SendResult{.kind = SendResult::Kind::accepted, .provider_id = std::move(id)};
        co_return not_accepted(reply->status, error_text(*reply), wait_asked_for(*reply), clock_.now());
    }

private:
    MailgunOptions options_;
    http::Client& client_;
    const Clock& clock_;
};

} // namespace

std::unique_ptr<mail::EmailSender> make_mailgun(MailgunOptions options, http::Client& client, const Clock& clock) {
    return std::make_unique<Mailgun>(std::move(options), client, clock);
}

} // namespace doorstep::providers
