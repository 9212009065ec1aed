#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/id.hpp"
#include "http/message.hpp"

namespace doorstep::http {

/// What happens in an account, to the pages that watch it. One hub per thread; publish() is called on its thread.
class LiveHub {
public:
    LiveHub();
    ~LiveHub();

    /// `data` is one line of JSON.
    void publish(const Uuid& account, std::string_view kind, std::string_view event_id, std::string_view data);
    /// A text/event-stream answer that lasts until the peer goes, the server stops or end(credential) is called. `replay` yields
    /// what was missed since Last-Event-ID, as ready frames.
    Response subscribe(const Uuid& account, std::string credential, std::function<Task<std::string>()> replay);
    /// Ends the streams of a credential that was revoked.
    void end(std::string_view credential);
    void close();
    std::size_t subscribers() const;

    static std::string frame(std::string_view kind, std::string_view event_id, std::string_view data);

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace doorstep::http
