#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/id.hpp"
#include "http/message.hpp"

namespace doorstep::mail {

/// What a provider reports about an e-mail, in neutral words.
struct EmailEvent {
    std::string id;    ///< the provider's, unique per message
    std::string event; ///< processed, delivered, open, click, bounce, dropped, deferred, spamreport, unsubscribe, …
    bool hard = false; ///< a bounce after which the address must not be written to again
    Time at;
    std::optional<Uuid> email_id;          ///< our correlation id, where it came back
    std::vector<std::string> provider_ids; ///< what our stored provider message id may be
    std::string ip;
    std::string useragent;
    std::string url;
    std::string reason;
    bool machine = false; ///< not a person: a proxy that fetches every image
    std::string data;     ///< the event as it came, JSON
};

/// A provider's event webhook. Fulfilled in providers/.
class EmailEventSource {
public:
    virtual ~EmailEventSource() = default;
    virtual std::string_view name() const = 0;
    /// Throws Error 401 unless it is signed by the provider and not too old by the product's clock. Returns what of the signature
    /// counts only once, where it does not cover the body; empty where it does.
    virtual std::string verify(const http::Request& request, Time now) const = 0;
    struct Batch {
        std::vector<EmailEvent> events;
        std::size_t malformed = 0; ///< items that are no events; they do not hold up the others
    };
    /// Throws Error 400 where the body is no batch of events at all.
    virtual Batch parse(std::string_view body) const = 0;
};

} // namespace doorstep::mail
