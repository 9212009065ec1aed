#pragma once

#include <functional>
#include <string_view>

#include "http/router.hpp"

namespace doorstep::http {

/// What a module calls with the version it is about to change, inside the transaction; throws Error 412 on another one.
using Precondition = std::function<void(std::string_view version)>;

/// The request's If-Match; without one, any version will do. Valid as long as the context.
inline Precondition if_match(const Context& ctx) {
    return [&ctx](std::string_view version) { require_match(ctx, version); };
}

} // namespace doorstep::http
