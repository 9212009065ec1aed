#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "http/router.hpp"

namespace doorstep::http {

using Handling = std::function<Task<Response>()>;

/// Runs a route's handler so that its effect and its answer commit together under the client's Idempotency-Key; the same request
/// again gets the kept answer. Errors roll back and are not kept: a corrected request may use the key again.
/// Throws Error 422 where the key came with another request, 409 while that still runs.
Task<Response> answer_once(
    db::Database& database, Context& ctx, const Route& route, const std::string& key, const Handling& handle
);

/// Forgets keys of more than a day; for a schedule. Returns how many.
Task<std::int64_t> purge_idempotency_keys(db::Database& database, doorstep::Context& ctx);

} // namespace doorstep::http
