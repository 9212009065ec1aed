#pragma once

#include "http/router.hpp"

namespace doorstep::identity {

class Identity;

// Parts of routes().
void session_routes(http::Router& router, Identity& identity);
void factor_routes(http::Router& router, Identity& identity);
void key_routes(http::Router& router, Identity& identity);

} // namespace doorstep::identity
