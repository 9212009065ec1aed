#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace doorstep::http {

/// Whether the client takes gzip.
bool accepts_gzip(const Request& request);
std::string gzip(std::string_view bytes);

/// Compresses an answer of text that is worth it, where the client takes that.
void compress(const Request& request, Response& response);

} // namespace doorstep::http
