#pragma once

#include <string_view>

#include "test/support/raw_server.hpp"

namespace doorstep::test {

/// Keeps a request that a client really sent, or an answer that a double really gave, as build/contract/<name>.json, where
/// test/contract checks it against the third party's own description.
void record_request(std::string_view name, const HttpDouble::Seen& seen);
void record_answer(std::string_view name, int status, std::string_view json_body, std::string_view json_headers = "{}");

} // namespace doorstep::test
