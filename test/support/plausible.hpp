#pragma once

#include <string>

#include "core/json.hpp"

namespace doorstep::test {

/// A body that an operation of the OpenAPI document takes, as far as its schema tells: required members, and those that hold ids.
/// Every id in it is `id`. "" where it takes none.
std::string plausible_body(JsonView document, JsonView operation, const std::string& id);

} // namespace doorstep::test
