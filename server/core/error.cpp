#include "core/error.hpp"

#include "core/json.hpp"

namespace doorstep {

Error::Error(int status, std::string code, std::string detail, std::vector<FieldError> fields)
    : status(status), code(std::move(code)), detail(std::move(detail)), fields(std::move(fields)) {}

Error Error::with(std::string name, std::string_view value) && {
    extra.emplace_back(std::move(name), json_quote(value));
    return std::move(*this);
}

Error Error::with(std::string name, std::int64_t value) && {
    extra.emplace_back(std::move(name), std::to_string(value));
    return std::move(*this);
}

Error bad_request(std::string code, std::string detail) {
    return {400, std::move(code), std::move(detail)};
}

Error unauthorized(std::string detail) {
    return {401, "unauthorized", std::move(detail)};
}

Error forbidden(std::string detail) {
    return {403, "forbidden", std::move(detail)};
}

Error not_found(std::string_view noun) {
    return {404, "not_found", "There is no such " + std::string(noun) + "."};
}

Error conflict(std::string code, std::string detail) {
    return {409, std::move(code), std::move(detail)};
}

Error gone(std::string detail) {
    return {410, "gone", std::move(detail)};
}

Error precondition_failed(std::string detail) {
    return {412, "precondition_failed", std::move(detail)};
}

Error invalid(std::vector<FieldError> fields) {
    return {422, "invalid", "Some fields need attention.", std::move(fields)};
}

Error invalid(std::string field, std::string code, std::string message) {
    return invalid({FieldError{std::move(field), std::move(code), std::move(message)}});
}

Error too_many(std::string detail, std::chrono::seconds retry_after) {
    Error error{429, "too_many_requests", std::move(detail)};
    error.retry_after = retry_after;
    return error;
}

Error unavailable(std::string code, std::string detail) {
    return {503, std::move(code), std::move(detail)};
}

} // namespace doorstep
