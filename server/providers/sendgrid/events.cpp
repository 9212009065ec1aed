#include "providers/sendgrid/events.hpp"

#include <algorithm>
#include <array>

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "core/text.hpp"
#include "providers/sendgrid/event_signature.hpp"

namespace doorstep::providers {

namespace {

using mail::EmailEvent;

constexpr std::size_t longest_text = 2000; // user agents and URLs come from strangers

/// A member's text without what PostgreSQL can't hold, or empty.
std::string text_of(JsonView item, std::string_view name) {
    auto member = item.find(name);
    if (!member || member->kind() != JsonView::Kind::string) return {};
    std::string text(utf8_prefix(member->string(), longest_text));
    std::erase(text, '\0');
    return text;
}

bool flag_of(JsonView item, std::string_view name) {
    auto member = item.find(name);
    return member && member->kind() == JsonView::Kind::boolean && member->boolean();
}

/// X-Message-Id and what SendGrid adds to it: the whole and each beginning before a dot, since older ids contain dots themselves.
std::vector<std::string> beginnings(const std::string& sg_message_id) {
    std::vector<std::string> ids;
    if (sg_message_id.empty()) return ids;
    ids.push_back(sg_message_id);
    for (auto dot = sg_message_id.rfind('.'); dot != std::string::npos && dot > 0; dot = sg_message_id.rfind('.', dot - 1)) {
        ids.push_back(sg_message_id.substr(0, dot));
        if (ids.size() == 6) break;
    }
    return ids;
}

/// Programs that fetch what is in a mail before, or without, anybody reading it. Gmail's and Yahoo's image proxies are none: they
/// fetch when the person opens the mail. Apple's, which fetches everything, is marked by SendGrid itself.
bool is_machine(std::string_view event, std::string_view useragent) {
    if (event != "open" && event != "click") return false;
    static constexpr std::array programs{
        "barracuda",      "proofpoint",     "mimecast",  "symantec",        "fireeye",
        "trendmicro",     "cloudmark",      "ironport",  "safelinks",       "microsoft office existence",
        "urlscan",        "headlesschrome", "phantomjs", "python-requests", "python-urllib",
        "go-http-client", "okhttp",         "curl/",     "wget/",           "java/",
        "libwww-perl",    "bot/",           "crawler",   "spider",          "scanner",
    };
    auto lower = to_lower_ascii(useragent);
    return std::ranges::any_of(programs, [&](std::string_view name) { return lower.find(name) != lower.npos; });
}

std::optional<EmailEvent> read_event(JsonView item) {
    if (item.kind() != JsonView::Kind::object) return std::nullopt;
    auto timestamp = item.find("timestamp");
    EmailEvent event;
    event.event = to_lower_ascii(text_of(item, "event"));
    bool shaped = timestamp && timestamp->kind() == JsonView::Kind::integer && !event.event.empty() && event.event.size() <= 40;
    if (!shaped) return std::nullopt;
    // Seconds; a date beyond the year 9999 is no date.
    auto seconds = timestamp->integer();
    if (seconds < 0 || seconds > 253'402'300'799) return std::nullopt;
    event.at = Time{std::chrono::seconds{seconds}};
    event.email_id = Uuid::parse(text_of(item, "email_id"));
    event.provider_ids = beginnings(text_of(item, "sg_message_id"));
    event.ip = text_of(item, "ip");
    event.useragent = text_of(item, "useragent");
    event.url = text_of(item, "url");
    event.reason = text_of(item, "reason");
    if (event.reason.empty()) event.reason = text_of(item, "response");
    event.machine = flag_of(item, "sg_machine_open") || is_machine(event.event, event.useragent);
    // A block is a refusal of this message; the address may well be fine.
    event.hard = event.event == "bounce" && text_of(item, "type") != "blocked";
    Reader reader;
    Json data;
    if (!read_json(item, data, reader)) return std::nullopt;
    event.data = std::move(data.text);
    event.id = text_of(item, "sg_event_id");
    if (event.id.empty() || event.id.size() > 200) event.id = "sha256:" + sha256_hex(event.data);
    return event;
}

class SendGridEvents : public mail::EmailEventSource {
public:
    SendGridEvents(std::string_view keys, std::chrono::seconds tolerance)
        : keys_(split_verification_keys(keys)), tolerance_(tolerance) {}

    std::string_view name() const override { return "sendgrid"; }

    std::string verify(const http::Request& request, Time now) const override {
        require_signed(keys_, tolerance_, request, now);
        return {};
    }

    Batch parse(std::string_view body) const override {
        auto document = JsonDocument::parse(body);
        Batch batch;
        auto take = [&](JsonView item) {
            auto event = read_event(item);
            if (event)
                batch.events.push_back(std::move(*event));
            else
                ++batch.malformed;
        };
        auto root = document.root();
        if (root.kind() == JsonView::Kind::array) {
            for (std::size_t i = 0; i < root.size(); ++i) take(root.at(i));
        } else if (root.kind() == JsonView::Kind::object) {
            take(root);
        } else {
            throw bad_request("malformed_json", "The body must be a list of events.");
        }
        return batch;
    }

private:
    std::vector<std::string> keys_;
    std::chrono::seconds tolerance_;
};

} // namespace

std::unique_ptr<mail::EmailEventSource> make_sendgrid_events(
    std::string_view verification_keys, std::chrono::seconds tolerance
) {
    return std::make_unique<SendGridEvents>(verification_keys, tolerance);
}

} // namespace doorstep::providers
