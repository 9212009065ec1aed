#pragma once

#include <exception>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "http/message.hpp"

namespace doorstep::http {

std::string_view status_title(int status);

/// Any exception as the Error that the client is told. What is a bug or an outage is logged under the request's id and never
/// described.
Error to_error(std::exception_ptr problem, std::string_view request_id);

/// The RFC 9457 document of an Error; a small page where a browser asked for one.
Response problem_response(const Error& error, std::string_view request_id, bool as_html);

} // namespace doorstep::http
