#include "providers/sendgrid/sendgrid.hpp"

#include <algorithm>
#include <charconv>

#include "core/json.hpp"
#include "core/text.hpp"
#include "providers/email/outcome.hpp"

namespace doorstep::providers {
namespace {

using mail::OutgoingEmail;
using mail::SendResult;
using std::chrono::seconds;

void write_member(JsonWriter& json, std::string_view name, std::string_view value) {
    json.key(name);
    json.string(value);
}

void write_address(JsonWriter& json, const Email& email, std::string_view name) {
    json.begin_object();
    write_member(json, "email", email.value);
    if (!name.empty()) write_member(json, "name", name);
    json.end_object();
}

void write_switch(JsonWriter& json, std::string_view name, bool on) {
    json.key(name);
    json.begin_object();
    json.key("enable");
    json.boolean(on);
    json.end_object();
}

void write_content(JsonWriter& json, std::string_view type, std::string_view value) {
    if (value.empty()) return; // an empty part is refused
    json.begin_object();
    write_member(json, "type", type);
    write_member(json, "value", value);
    json.end_object();
}

/// Who gets it, with what must differ by recipient: one-click unsubscribe, and our ids, which come back in every event.
void write_personalization(JsonWriter& json, const OutgoingEmail& email, const std::string& unsubscribe_mailto) {
    json.begin_object();
    json.key("to");
    json.begin_array();
    write_address(json, email.to, email.to_name);
    json.end_array();
    std::vector<std::pair<std::string_view, std::string>> headers;
    if (!email.unsubscribe_url.empty()) {
        auto ways = "<" + email.unsubscribe_url + ">";
        if (!unsubscribe_mailto.empty()) ways += ", <mailto:" + unsubscribe_mailto + "?subject=unsubscribe>";
        headers.emplace_back("List-Unsubscribe", ways);
        headers.emplace_back("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    if (!email.in_reply_to.empty()) headers.emplace_back("In-Reply-To", email.in_reply_to);
    if (!email.references.empty()) headers.emplace_back("References", email.references);
    if (!headers.empty()) {
        json.key("headers");
        json.begin_object();
        for (const auto& [name, value] : headers) write_member(json, name, value);
        json.end_object();
    }
    json.key("custom_args");
    json.begin_object();
    const std::pair<std::string_view, const std::string&> ids[] = {
        {"email_id", email.email_id},
        {"task_id", email.task_id},
        {"client_id", email.client_id},
        {"account_id", email.account_id},
    };
    for (const auto& [name, value] : ids) {
        if (!value.empty()) write_member(json, name, value);
    }
    json.end_object();
    json.end_object();
}

std::string request_body(const OutgoingEmail& email, const std::string& unsubscribe_mailto) {
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    json.key("personalizations");
    json.begin_array();
    write_personalization(json, email, unsubscribe_mailto);
    json.end_array();
    json.key("from");
    write_address(json, email.from, email.from_name);
    if (email.reply_to) {
        json.key("reply_to");
        write_address(json, *email.reply_to, "");
    }
    write_member(json, "subject", email.subject);
    json.key("content");
    json.begin_array();
    write_content(json, "text/plain", email.text); // must come before HTML
    write_content(json, "text/html", email.html);
    json.end_array();
    json.key("tracking_settings");
    json.begin_object();
    write_switch(json, "click_tracking", !email.private_links);
    write_switch(json, "open_tracking", true);
    write_switch(json, "subscription_tracking", false); // it would write a List-Unsubscribe of its own
    json.end_object();
    json.end_object();
    return body;
}

/// SendGrid's own words for what it refused: the messages of its error list.
std::string error_text(const http::Reply& reply) {
    std::string text;
    auto add = [&text](std::optional<JsonView> message) {
        if (!message || message->kind() != JsonView::Kind::string) return;
        if (!text.empty()) text += "; ";
        text += utf8_prefix(message->string(), 300);
    };
    auto document = JsonDocument::try_parse(reply.body);
    auto errors =
        document && document->root().kind() == JsonView::Kind::object ? document->root().find("errors") : std::nullopt;
    if (errors && errors->kind() == JsonView::Kind::array) {
        for (std::size_t i = 0; i < std::min<std::size_t>(errors->size(), 5); ++i) {
            auto item = errors->at(i);
            if (item.kind() == JsonView::Kind::object) add(item.find("message"));
        }
    }
    auto status = std::to_string(reply.status);
    return text.empty() ? "SendGrid answered " + status : "SendGrid answered " + status + ": " + text;
}

/// How long SendGrid wants to be left alone: Retry-After, else the moment its rate limit resets.
std::optional<seconds> wait_asked_for(const http::Headers& headers) {
    auto now = std::chrono::system_clock::now();
    if (auto wait = http::retry_after(headers, now)) return wait;
    auto reset = headers.find("x-ratelimit-reset");
    std::int64_t epoch = 0;
    if (!reset || std::from_chars(reset->data(), reset->data() + reset->size(), epoch).ec != std::errc{}) return std::nullopt;
    constexpr std::int64_t day = 86'400;
    return seconds(std::clamp<std::int64_t>(epoch - std::chrono::system_clock::to_time_t(now), 0, day));
}

class SendGrid final : public mail::EmailSender {
public:
    SendGrid(SendGridOptions options, http::Client& client, const Clock& clock)
        : options_(std::move(options)), client_(client), clock_(clock) {
        while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
    }

    std::string_view name() const override { return "sendgrid"; }

    Task<SendResult> send(const OutgoingEmail& email) override {
        http::Call call{
            .method = "POST",
            .url = options_.base_url + "/v3/mail/send",
            .body = request_body(email, options_.unsubscribe_mailto),
            .timeout = options_.timeout,
            .provider = "sendgrid",
        };
        call.headers.add("Authorization", "Bearer " + options_.api_key);
        call.headers.add("Content-Type", "application/json");
        auto reply = co_await client_.send(std::move(call));
        if (!reply) co_return unanswered("SendGrid", reply.error());
        if (reply->status == 202) {
            auto id = std::string(reply->headers.find("x-message-id").value_or(""));
            co_return SendResult{.kind = SendResult::Kind::accepted, .provider_id = std::move(id)};
        }
        co_return not_accepted(reply->status, error_text(*reply), wait_asked_for(reply->headers), clock_.now());
    }

private:
    SendGridOptions options_;
    http::Client& client_;
    const Clock& clock_;
};

} // namespace

std::unique_ptr<mail::EmailSender> make_sendgrid(SendGridOptions options, http::Client& client, const Clock& clock) {
    return std::make_unique<SendGrid>(std::move(options), client, clock);
}

} // namespace doorstep::providers
