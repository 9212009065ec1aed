#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep {

/// One bad field of a request. `field` is a dotted path (`services.0.name`), `code` is stable and machine-readable
/// (`required`, `too_long`, `invalid`, `unknown`, …), `message` is for people.
struct FieldError {
    std::string field;
    std::string code;
    std::string message;

    bool operator==(const FieldError&) const = default;
};

/// Ends a request. Raised by decoding, `require_*`, permission checks and domain rules; mapped once, in http/problem.cpp,
/// to an RFC 9457 answer. `extra` members (name, JSON) are added to that answer, such as `existing_id`.
class Error : public std::exception {
public:
    Error(int status, std::string code, std::string detail, std::vector<FieldError> fields = {});

    const char* what() const noexcept override { return detail.c_str(); }

    /// Adds a member to the problem document.
    Error with(std::string name, std::string_view value) &&;
    Error with(std::string name, std::int64_t value) &&;

    int status;
    std::string code;
    std::string detail;
    std::vector<FieldError> fields;
    std::vector<std::pair<std::string, std::string>> extra;
    std::optional<std::chrono::seconds> retry_after;
};

/// Where failing is an ordinary answer that the caller branches on (provider calls, parsers).
template <class T>
using Result = std::expected<T, Error>;

Error bad_request(std::string code, std::string detail);                 ///< 400
Error unauthorized(std::string detail = "Sign in to go on.");            ///< 401
Error forbidden(std::string detail);                                     ///< 403
Error not_found(std::string_view noun);                                  ///< 404, also for another tenant's rows
Error conflict(std::string code, std::string detail);                    ///< 409
Error gone(std::string detail);                                          ///< 410
Error precondition_failed(std::string detail);                           ///< 412
Error invalid(std::vector<FieldError> fields);                           ///< 422
Error invalid(std::string field, std::string code, std::string message); ///< 422 on one field
Error too_many(std::string detail, std::chrono::seconds retry_after);    ///< 429
Error unavailable(std::string code, std::string detail);                 ///< 503

} // namespace doorstep
