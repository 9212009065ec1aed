#pragma once

#include <array>
#include <unordered_map>

#include "http/client_address.hpp"
#include "http/metrics.hpp"
#include "http/origin.hpp"
#include "http/rate_limit.hpp"
#include "http/router.hpp"
#include "http/server.hpp"

namespace doorstep::http {

/// What happens to every request between the framing gate and the bytes of its answer: rate limit, authentication, CSRF, scope,
/// idempotency, handler, problems, compression, CORS, log.
class Pipeline {
public:
    Pipeline(
        const ServerOptions& options, const Clock& clock, const Router& router, Authenticator& authenticator,
        db::Database& database
    );

    Router::Match match(const Request& request) const { return router_.match(request.method, request.path); }
    const TrustedProxies& proxies() const { return proxies_; }

    /// Never throws but for the end of everything.
    Task<Response> answer(Request& request, const Router::Match& match);
    /// The answer to a request that the gate did not let through.
    Response refuse(const Error& error);

private:
    Task<Response> treat(Context& ctx, const Router::Match& match);
    Task<Response> handle(Context& ctx, const Route& route, const std::vector<std::string>& path_values);
    Task<> authenticate(Context& ctx, const Route& route);
    Task<> confirm(Context& ctx, Error& error);
    void finish(Context& ctx, const Router::Match& match, Response& response) const;
    void count(const Route* route, int status, double seconds);

    const Clock& clock_;
    const Router& router_;
    Authenticator& authenticator_;
    db::Database& database_;
    TrustedProxies proxies_;
    Origins origins_;
    RateLimit rate_limit_;
    bool public_is_secure_;
    Metrics* metrics_;
    struct RouteMetrics {
        std::array<Counter*, 6> by_class{}; ///< by the first digit of the status
        Histogram* seconds = nullptr;
    };
    std::unordered_map<const Route*, RouteMetrics> route_metrics_;
};

} // namespace doorstep::http
