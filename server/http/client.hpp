#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/task.hpp"
#include "http/message.hpp"

namespace boost::asio {
class io_context;
}

namespace doorstep::http {

class Transfers;

/// Whom a request may reach. `configured`: the operator named the address (provider base URLs): any address, http or https.
/// `untrusted`: a user named it (webhooks, feeds): https on port 443 only, and never a private, loopback, link-local or otherwise
/// special address, checked on every resolved one, which is then pinned. Redirects are never followed.
enum class Egress { configured, untrusted };

struct Call {
    std::string method = "GET";
    std::string url;
    Headers headers;
    std::string body;
    std::chrono::milliseconds timeout{30'000}; ///< the whole exchange
    std::chrono::milliseconds connect_timeout{5'000};
    std::size_t max_response_bytes = 4 << 20;
    Egress egress = Egress::configured;
    std::string provider; ///< for logs and metrics: "sendgrid"
};

struct Reply {
    int status = 0;
    Headers headers;
    std::string body;
};

/// Why there is no reply.
struct CallFailure {
    enum class Kind {
        refused,   ///< by the egress policy or a malformed URL: never left, never will
        not_sent,  ///< no connection (DNS, connect, TLS): the peer saw nothing, safe to retry
        ambiguous, ///< broken off after the request may have been read: reconcile before a retry of what is not idempotent
        oversized, ///< the reply exceeded its limit
    };
    Kind kind;
    std::string reason; ///< in words
};

/// What a reply's status asks for.
enum class RetryClass { success, retry, never };
/// 2xx: success; 408, 425, 429, 500, 502, 503, 504: retry; everything else: never.
RetryClass retry_class(int status);
/// Retry-After in seconds or as an HTTP date, at most a day; nullopt if absent or malformed. `now` is the system's time.
std::optional<std::chrono::seconds> retry_after(const Headers& headers, std::chrono::system_clock::time_point now);

/// libcurl's multi interface on one thread's io_context. Proxies of the environment are ignored.
class Client {
public:
    explicit Client(boost::asio::io_context& io);
    ~Client();

    /// Never throws for what the peer or the network does.
    Task<std::expected<Reply, CallFailure>> send(Call call);
    /// For what is not HTTP but leaves through the same door (mail).
    Transfers& transfers() { return *transfers_; }

private:
    std::unique_ptr<Transfers> transfers_;
};

/// What has left this process so far, by provider and outcome (2xx … 5xx, refused, not_sent, ambiguous, oversized), in the
/// text format of /metrics.
std::string outgoing_metrics();
/// Counts a call that did not go through Client::send.
void count_outgoing(std::string_view provider, std::string_view outcome, std::chrono::steady_clock::duration took);

} // namespace doorstep::http
