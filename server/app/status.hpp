#pragma once

#include "app/shared.hpp"
#include "http/router.hpp"

namespace doorstep::app {

/// What a client must know before signing in.
struct PublicConfig {
    std::string name;
    std::string version;
    bool sandbox = false;
    std::string public_url;
    bool google = false; ///< whether people can sign in with it
    BOOST_DESCRIBE_CLASS(PublicConfig, (), (name, version, sandbox, public_url, google), (), ())
};

/// How this process is: for load balancers, monitoring and the web app's start.
class Status {
public:
    Status(Shared& shared, db::Database& db) : shared_(shared), db_(db) {}

    /// Alive, whatever the store does.
    http::Response health() const;
    /// 200 as soon as requests can be served; 503 with reasons otherwise, also once the process is stopping.
    Task<http::Response> ready();
    /// Prometheus' text format. Open like health: it names routes and queries, no tenant and no person.
    Task<http::Response> metrics();
    PublicConfig config() const;

private:
    Shared& shared_;
    db::Database& db_;
};

void routes(http::Router& router, Status& status);

} // namespace doorstep::app
