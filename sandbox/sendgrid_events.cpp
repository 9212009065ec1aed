#include "sandbox/sendgrid_events.hpp"

#include <algorithm>
#include <array>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace doorstep::sandbox::sendgrid {
namespace {

constexpr std::array<std::string_view, 13> names = {
    "processed",    "deferred", "delivered",  "bounce",      "blocked",           "dropped",           "open",
    "machine_open", "click",    "spamreport", "unsubscribe", "group_unsubscribe", "group_resubscribe",
};

constexpr std::string_view browser =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
constexpr std::string_view reader_ip = "203.0.113.25";
constexpr std::string_view server_ip = "192.0.2.10";

void text(JsonWriter& json, std::string_view name, std::string_view value) {
    json.key(name);
    json.string(value);
}

void number(JsonWriter& json, std::string_view name, std::int64_t value) {
    json.key(name);
    json.integer(value);
}

void reader(JsonWriter& json) {
    text(json, "useragent", browser);
    text(json, "ip", reader_ip);
}

/// What one kind of event has beyond what all have.
void details(JsonWriter& json, std::string_view event, const std::optional<std::string>& url) {
    if (event == "deferred") {
        text(json, "response", "450 4.2.1 The mailbox is busy, try again later");
        text(json, "attempt", "1");
    } else if (event == "delivered") {
        text(json, "response", "250 2.0.0 OK");
        text(json, "ip", server_ip);
        number(json, "tls", 1);
    } else if (event == "bounce") {
        text(json, "type", "bounce");
        text(json, "status", "5.1.1");
        text(json, "reason", "550 5.1.1 The email account that you tried to reach does not exist.");
        text(json, "bounce_classification", "Invalid Address");
        text(json, "ip", server_ip);
        number(json, "tls", 1);
    } else if (event == "blocked") {
        text(json, "type", "blocked");
        text(json, "status", "5.7.1");
        text(json, "reason", "554 5.7.1 Message refused by local policy");
        text(json, "bounce_classification", "Reputation");
        text(json, "ip", server_ip);
    } else if (event == "dropped") {
        text(json, "reason", "Bounced Address");
        text(json, "status", "5.0.0");
    } else if (event == "open" || event == "machine_open") {
        reader(json);
        json.key("sg_machine_open");
        json.boolean(event == "machine_open");
        text(json, "sg_content_type", "html");
    } else if (event == "click") {
        reader(json);
        text(json, "url", url.value_or("https://example.com/"));
        json.key("url_offset");
        json.begin_object();
        number(json, "index", 0);
        text(json, "type", "html");
        json.end_object();
    } else if (event.starts_with("group_")) {
        reader(json);
        number(json, "asm_group_id", 1);
    }
}

std::string_view event_name(std::string_view name) {
    if (name == "blocked") return "bounce";
    if (name == "machine_open") return "open";
    return name;
}

} // namespace

bool is_event(std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

std::string event_batch(
    const EventSubject& subject, const std::vector<std::string>& events, const std::optional<std::string>& url, Time now
) {
    auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    auto args = JsonDocument::parse(subject.custom_args);
    // The same in every event of a message.
    auto mark = to_hex(sha256(subject.message_id)).substr(0, 8);

    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (const auto& event : events) {
        json.begin_object();
        text(json, "email", subject.email);
        number(json, "timestamp", seconds);
        text(json, "event", event_name(event));
        text(json, "sg_event_id", random_token(24));
        text(json, "sg_message_id", subject.message_id + ".recvd-5f8b9c7d4-" + mark.substr(0, 5) + "-1-" + mark + "-2C.0");
        text(json, "smtp-id", "<" + subject.message_id + "@geopod-ismtpd-1>");
        details(json, event, url);
        args.root().each_member([&](std::string_view name, JsonView value) {
            json.key(name);
            json.raw(value.text());
        });
        json.end_object();
    }
    json.end_array();
    return body + "\r\n";
}

} // namespace doorstep::sandbox::sendgrid
