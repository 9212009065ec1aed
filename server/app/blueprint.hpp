#pragma once

#include <string>

namespace doorstep::app {

/// The OpenAPI document of this binary, made without a store.
std::string openapi_document();

} // namespace doorstep::app
