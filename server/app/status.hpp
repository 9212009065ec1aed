#pragma once

#include "app/shared.hpp"
#include "http/router.hpp"

namespace doorstep::app {

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
    http::Response config() const;

private:
    Shared& shared_;
    db::Database& db_;
};

void routes(http::Router& router, Status& status);

} // namespace doorstep::app
