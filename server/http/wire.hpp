#pragma once

#include <string>

#include "http/message.hpp"

namespace doorstep::http {

/// Writes an answer's head as HTTP/1.1, with its length, the date and the security fields.
void append_head(std::string& out, const Response& response, bool keep_alive, bool secure);
/// The same for an answer without an end: the connection's end is its.
void append_stream_head(std::string& out, const Response& response, bool secure);

/// The fields that every answer carries, but for those the Response says otherwise itself.
void append_security_lines(std::string& out, const Response& response, bool secure);
/// The same into the Response, for answers that never become bytes.
void add_security_headers(Response& response, bool secure);

} // namespace doorstep::http
