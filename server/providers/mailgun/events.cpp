#include "providers/mailgun/events.hpp"

#include <charconv>

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace doorstep::providers {

namespace {

using mail::EmailEvent;
using namespace std::chrono_literals;

// Mailgun tries again for some eight hours; whether with the old timestamp it does not say.
constexpr auto oldest = 12h;
constexpr auto ahead = 10min;
constexpr std::size_t longest_text = 2000; // user agents and URLs come from strangers

std::optional<JsonView> member(std::optional<JsonView> object, std::string_view name) {
    if (!object || object->kind() != JsonView::Kind::object) return std::nullopt;
    return object->find(name);
}

/// A member's text without what PostgreSQL can't hold, or empty.
std::string text_of(std::optional<JsonView> object, std::string_view name) {
    auto value = member(object, name);
    if (!value || value->kind() != JsonView::Kind::string) return {};
    std::string text(utf8_prefix(value->string(), longest_text));
    std::erase(text, '\0');
    return text;
}

std::optional<Time> time_of(std::optional<JsonView> value) {
    if (!value) return std::nullopt;
    double seconds = -1;
    if (value->kind() == JsonView::Kind::number) seconds = value->number();
    if (value->kind() == JsonView::Kind::integer) seconds = double(value->integer());
    if (!(seconds >= 0 && seconds <= 253'402'300'799.0)) return std::nullopt;
    return Time{std::chrono::microseconds{std::int64_t(seconds * 1e6)}};
}

struct Word {
    std::string_view theirs;
    std::string_view ours;
};
constexpr Word words[] = {
    {"accepted", "processed"},    {"delivered", "delivered"},      {"opened", "open"},      {"clicked", "click"},
    {"complained", "spamreport"}, {"unsubscribed", "unsubscribe"}, {"rejected", "dropped"},
};

std::string event_name(std::string_view theirs, bool permanent) {
    if (theirs == "failed") return permanent ? "bounce" : "deferred";
    for (const auto& word : words) {
        if (word.theirs == theirs) return std::string(word.ours);
    }
    return std::string(theirs);
}

std::string reason_of(JsonView data) {
    auto status = member(data, "delivery-status");
    for (auto text : {text_of(status, "message"), text_of(status, "description"), text_of(member(data, "reject"), "reason")}) {
        if (!text.empty()) return text;
    }
    return text_of(data, "reason");
}

std::optional<EmailEvent> read_event(JsonView data) {
    if (data.kind() != JsonView::Kind::object) return std::nullopt;
    auto at = time_of(data.find("timestamp"));
    auto theirs = to_lower_ascii(text_of(data, "event"));
    auto id = text_of(data, "id");
    if (!at || theirs.empty() || theirs.size() > 40 || id.empty() || id.size() > 200) return std::nullopt;
    auto severity = text_of(data, "severity");
    auto client = member(data, "client-info");
    EmailEvent event;
    event.event = event_name(theirs, severity == "permanent");
    event.at = *at;
    // Their ids are unique within a day only.
    event.id = format_rfc3339(*at).substr(0, 10) + "/" + id;
    event.hard = event.event == "bounce" && text_of(data, "reason") != "suppress-bounce";
    event.email_id = Uuid::parse(text_of(member(data, "user-variables"), "email_id"));
    auto message_id = text_of(member(member(data, "message"), "headers"), "message-id");
    if (!message_id.empty()) event.provider_ids.push_back(std::move(message_id));
    event.ip = text_of(data, "ip");
    event.useragent = text_of(client, "user-agent");
    event.url = text_of(data, "url");
    event.reason = event.event == "bounce" || event.event == "deferred" || event.event == "dropped" ? reason_of(data) : "";
    event.machine = !text_of(client, "bot").empty() || text_of(client, "client-type") == "robot";
    Reader reader;
    Json whole;
    if (!read_json(data, whole, reader)) return std::nullopt;
    event.data = std::move(whole.text);
    return event;
}

std::vector<std::string> split(std::string_view keys) {
    std::vector<std::string> list;
    while (!keys.empty()) {
        auto comma = std::min(keys.find(','), keys.size());
        if (auto key = trim(keys.substr(0, comma)); !key.empty()) list.emplace_back(key);
        keys.remove_prefix(std::min(comma + 1, keys.size()));
    }
    return list;
}

class MailgunEvents final : public mail::EmailEventSource {
public:
    explicit MailgunEvents(std::string_view keys) : keys_(split(keys)) {}

    std::string_view name() const override { return "mailgun"; }

    std::string verify(const http::Request& request, Time now) const override {
        auto document = JsonDocument::try_parse(request.body);
        if (!document || document->root().kind() != JsonView::Kind::object)
            throw bad_request("malformed", "This is no event of Mailgun's.");
        auto signature = member(document->root(), "signature");
        auto timestamp = text_of(signature, "timestamp");
        auto token = text_of(signature, "token");
        auto given = text_of(signature, "signature");
        if (timestamp.empty() || token.empty() || given.empty())
            throw Error(401, "invalid_signature", "The webhook's signature is missing.");
        bool good = false;
        for (const auto& key : keys_)
            good |= equal_in_constant_time(to_hex(hmac_sha256(key, timestamp + token)), to_lower_ascii(given));
        if (!good) throw Error(401, "invalid_signature", "The webhook's signature does not fit.");
        std::int64_t seconds = 0;
        auto [end, problem] = std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
        bool whole = problem == std::errc{} && end == timestamp.data() + timestamp.size();
        if (!whole || seconds < 0 || seconds > 253'402'300'799)
            throw Error(401, "invalid_signature", "The webhook's timestamp is no number of seconds.");
        Time signed_at{std::chrono::seconds{seconds}};
        if (signed_at < now - oldest || signed_at > now + ahead)
            throw Error(401, "stale_signature", "The webhook was signed too long ago, or in the future.");
        return token;
    }

    Batch parse(std::string_view body) const override {
        auto document = JsonDocument::parse(body);
        auto data = member(document.root(), "event-data");
        if (!data) throw bad_request("malformed", "There is no event-data.");
        Batch batch;
        if (auto event = read_event(*data)) {
            batch.events.push_back(std::move(*event));
        } else {
            batch.malformed = 1;
        }
        return batch;
    }

private:
    std::vector<std::string> keys_;
};

} // namespace

std::unique_ptr<mail::EmailEventSource> make_mailgun_events(std::string_view signing_keys) {
    return std::make_unique<MailgunEvents>(signing_keys);
}

} // namespace doorstep::providers
