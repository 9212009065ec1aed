#pragma once

#include <string>

#include "app/shared.hpp"
#include "http/router.hpp"
#include "http/static_files.hpp"

namespace doorstep::app {

/// What a person's browser asks for: the start page and the web app.
class Pages {
public:
    explicit Pages(const Shared& shared);

    http::Response root(const http::Request& request) const;
    http::Response openapi(const http::Request& request) const;

private:
    friend void routes(http::Router& router, Pages& pages);

    const Shared& shared_;
    http::StaticFiles web_app_;
    std::string english_; ///< the start page
    std::string spanish_;
    std::string openapi_;
};

/// The last of the routes: the OpenAPI document is that of all that were registered before.
void routes(http::Router& router, Pages& pages);

} // namespace doorstep::app
