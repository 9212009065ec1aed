#pragma once

#include "app/shared.hpp"
#include "http/router.hpp"

namespace doorstep::app {

/// What a person's browser asks for: the start page and the web app.
class Pages {
public:
    explicit Pages(const Shared& shared) : shared_(shared) {}

    http::Response root(const http::Request& request) const;

private:
    const Shared& shared_;
};

void routes(http::Router& router, Pages& pages);

} // namespace doorstep::app
