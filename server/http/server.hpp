#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "db/database.hpp"
#include "http/router.hpp"

namespace boost::asio {
class io_context;
}

namespace doorstep::http {

class Metrics;

struct ServerOptions {
    std::string host = "127.0.0.1";
    unsigned short port = 8080;   ///< 0: any, see Server::port()
    std::string certificate_file; ///< PEM; with a key file: TLS
    std::string private_key_file;
    std::vector<std::string> trusted_proxies; ///< addresses and CIDR ranges
    std::vector<std::string> cors_origins;
    std::string public_url; ///< its origin is allowed to send cookies
    std::size_t max_header_bytes = 16 * 1024;
    std::chrono::seconds header_timeout{10};
    std::chrono::seconds body_timeout{30};
    std::chrono::seconds idle_timeout{75};    ///< keep-alive between requests
    std::chrono::seconds request_timeout{60}; ///< a handler that takes longer is cancelled: 503
    std::size_t max_connections = 20'000;     ///< per thread; beyond it, accepted and refused with 503
    bool joins = false;                       ///< another Server of this process listens there already
    std::size_t max_body_bytes = 256 << 20;   ///< of large bodies that come in at once, per thread; beyond it 503
    double rate_per_second = 200;             ///< per client address; a token bucket of `rate_burst`; 0: no limit
    double rate_burst = 400;
    Metrics* metrics = nullptr; ///< where requests are counted; outlives the server
};

/// Serves a Router on one thread's io_context; several share the port by SO_REUSEPORT. What is said here holds for every route:
/// framing gate, limits, authentication, CSRF and Origin checks, idempotency keys, ETag, compression, problems, logs, metrics.
class Server {
public:
    /// `database` keeps the idempotency keys.
    Server(
        boost::asio::io_context& io, ServerOptions options, const Clock& clock, const Router& router,
        Authenticator& authenticator, db::Database& database
    );
    ~Server();

    /// Throws std::system_error where the address is taken or not ours.
    void listen();
    unsigned short port() const;
    /// Answers a request without a socket, through everything but the framing gate: tests' `app.post(...)`.
    Task<Response> answer(Request request);
    /// Stops accepting, lets running requests finish until the deadline, ends streams; then completes.
    Task<> stop(std::chrono::steady_clock::duration grace);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace doorstep::http
