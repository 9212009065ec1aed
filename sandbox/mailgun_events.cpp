#include "sandbox/mailgun_events.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace doorstep::sandbox::mailgun {
namespace {

struct Kind {
    std::string_view name;
    std::string_view event;
    std::string_view severity = {};
    bool machine = false;
};

constexpr Kind kinds[] = {
    {"accepted", "accepted"},
    {"processed", "accepted"},
    {"delivered", "delivered"},
    {"opened", "opened"},
    {"open", "opened"},
    {"machine_open", "opened", {}, true},
    {"clicked", "clicked"},
    {"click", "clicked"},
    {"complained", "complained"},
    {"spamreport", "complained"},
    {"unsubscribed", "unsubscribed"},
    {"unsubscribe", "unsubscribed"},
    {"permanent_fail", "failed", "permanent"},
    {"bounce", "failed", "permanent"},
    {"temporary_fail", "failed", "temporary"},
    {"deferred", "failed", "temporary"},
};

const Kind* find_kind(std::string_view name) {
    auto found = std::ranges::find(kinds, name, &Kind::name);
    return found == std::end(kinds) ? nullptr : found;
}

class Writer {
public:
    explicit Writer(std::string& out) : json_(out) {}

    void open(std::string_view name = {}) {
        if (!name.empty()) json_.key(name);
        json_.begin_object();
    }
    void close() { json_.end_object(); }
    void text(std::string_view name, std::string_view value) {
        json_.key(name);
        json_.string(value);
    }
    void number(std::string_view name, std::int64_t value) {
        json_.key(name);
        json_.integer(value);
    }
    void flag(std::string_view name, bool value) {
        json_.key(name);
        json_.boolean(value);
    }
    void raw(std::string_view name, std::string_view value) {
        json_.key(name);
        json_.raw(value);
    }

private:
    JsonWriter json_;
};

std::string epoch(Time now) {
    auto micros = now.time_since_epoch().count();
    auto fraction = std::to_string(1'000'000 + micros % 1'000'000).substr(1);
    return std::to_string(micros / 1'000'000) + "." + fraction;
}

/// How a person's mail program, or a machine, shows itself.
void write_reader(Writer& out, bool machine) {
    out.text("ip", machine ? "203.0.113.77" : "203.0.113.25");
    out.open("geolocation");
    out.text("country", "US");
    out.text("region", "NY");
    out.text("city", "New York");
    out.close();
    out.open("client-info");
    out.text("client-type", machine ? "robot" : "browser");
    out.text("client-os", machine ? "unknown" : "Windows");
    out.text("device-type", machine ? "unknown" : "desktop");
    out.text("client-name", machine ? "image proxy" : "Chrome");
    out.text("bot", machine ? "generic" : "");
    out.text("user-agent", machine ? "Mozilla/5.0 (compatible; image proxy)" : "Mozilla/5.0 (Windows NT 10.0; Win64; x64)");
    out.close();
}

void write_status(Writer& out, const Kind& kind) {
    bool failed = kind.event == "failed";
    bool permanent = kind.severity == "permanent";
    if (failed) {
        out.text("severity", kind.severity);
        out.text("reason", permanent ? "bounce" : "generic");
    }
    out.open("delivery-status");
    out.number("attempt-no", 1);
    out.number("code", !failed ? 250 : permanent ? 550 : 421);
    out.text("message", !failed ? "OK" : permanent ? "5.1.1 The mailbox does not exist" : "4.2.1 The mailbox is busy");
    out.text("description", "");
    out.flag("tls", true);
    out.close();
}

} // namespace

bool is_event(std::string_view name) {
    return find_kind(name) != nullptr;
}

std::string event_data(const EventSubject& about, std::string_view event, const std::optional<std::string>& url, Time now) {
    const auto& kind = *find_kind(event);
    std::string body;
    Writer out(body);
    out.open();
    out.text("id", random_token(16));
    out.text("event", kind.event);
    out.raw("timestamp", epoch(now));
    out.text("log-level", kind.event == "failed" ? "error" : "info");
    out.text("recipient", about.recipient);
    out.text("recipient-domain", about.recipient.substr(about.recipient.rfind('@') + 1));
    out.raw("tags", "[]");
    out.raw("user-variables", about.user_variables);
    out.open("message");
    out.open("headers");
    out.text("message-id", about.message_id);
    out.text("from", about.sender);
    out.text("to", about.recipient);
    out.text("subject", about.subject);
    out.close();
    out.raw("attachments", "[]");
    out.number("size", 2048);
    out.close();
    if (kind.event == "delivered" || kind.event == "failed") write_status(out, kind);
    if (kind.event == "opened" || kind.event == "clicked" || kind.event == "unsubscribed") write_reader(out, kind.machine);
    if (kind.event == "clicked") out.text("url", url.value_or("https://example.com/"));
    out.close();
    return body;
}

std::string signed_body(std::string_view signing_key, std::string_view event_data, Time now) {
    auto timestamp = std::to_string(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
    std::string raw(25, '\0');
    fill_random(raw.data(), raw.size());
    auto token = to_hex(raw);
    std::string body;
    Writer out(body);
    out.open();
    out.open("signature");
    out.text("timestamp", timestamp);
    out.text("token", token);
    out.text("signature", to_hex(hmac_sha256(signing_key, timestamp + token)));
    out.close();
    out.raw("event-data", event_data);
    out.close();
    return body;
}

} // namespace doorstep::sandbox::mailgun
