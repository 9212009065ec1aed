// A webhook's headers and body: whatever comes gives events or an Error; nothing that nobody signed is believed; an event is
// within the bounds that the store has.
#include <cstdint>
#include <cstdlib>

#include "core/error.hpp"
#include "core/text.hpp"
#include "providers/sendgrid/event_signature.hpp"
#include "providers/sendgrid/events.hpp"

namespace {

using namespace doorstep;
using namespace std::chrono_literals;

// The generator point of P-256: a key whose owner nobody is here.
constexpr std::string_view key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/"
                                 "m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==";

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const messages::EmailEvent& event) {
    require(!event.id.empty() && event.id.size() <= 200);
    require(!event.event.empty() && event.event.size() <= 40);
    require(event.provider_ids.size() <= 6);
    for (auto* text : {&event.id, &event.event, &event.ip, &event.useragent, &event.url, &event.reason}) {
        require(text->size() <= 2000 && is_utf8(*text) && text->find('\0') == std::string::npos);
    }
    require(JsonDocument::try_parse(event.data).has_value());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto source = providers::make_sendgrid_events(key, 600s);
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    // The first two lines are the headers.
    http::Request request;
    for (auto name : {"X-Twilio-Email-Event-Webhook-Signature", "X-Twilio-Email-Event-Webhook-Timestamp"}) {
        auto end = std::min(bytes.find('\n'), bytes.size());
        request.headers.add(name, std::string(bytes.substr(0, end)));
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    request.body = bytes;
    auto configured = providers::split_verification_keys(*request.headers.find("X-Twilio-Email-Event-Webhook-Signature"));
    require(!providers::verify_sendgrid_events(configured, request.headers, request.body));
    try {
        source->verify(request, Time{});
        std::abort();
    } catch (const Error& error) {
        require(error.status == 401);
    }
    try {
        auto batch = source->parse(bytes);
        for (const auto& event : batch.events) check(event);
    } catch (const Error& error) {
        require(error.status == 400);
    }
    return 0;
}
