#include "http/problem.hpp"

#include <boost/system/system_error.hpp>
#include <fmt/format.h>

#include "core/html.hpp"
#include "core/json.hpp"
#include "core/log.hpp"
#include "db/database.hpp"

namespace doorstep::http {
namespace {

Error from_failure(const db::Failure& failure, std::string_view request_id) {
    auto log = [&](std::string_view message) {
        log::error(
            message, {{"request_id", request_id},
                      {"query", failure.query},
                      {"sqlstate", failure.sqlstate},
                      {"constraint", failure.constraint},
                      {"error", failure.message}}
        );
    };
    auto& state = failure.sqlstate;
    // Text that JSON can hold and the store can't (\u0000): the sender's mistake.
    if (state == "22021" || state == "22P05") return {422, "invalid", "A text holds characters that can't be kept."};
    if (failure.retryable() || state == "55P03") {
        log("store busy");
        Error error = unavailable("busy", "Others are changing the same things. Try again.");
        error.retry_after = std::chrono::seconds(1);
        return error;
    }
    if (state.empty() || state.starts_with("08") || state.starts_with("57") || state.starts_with("53")) {
        log("store unavailable");
        Error error = unavailable("store_unavailable", "The store can't be reached just now. Try again in a moment.");
        error.retry_after = std::chrono::seconds(2);
        return error;
    }
    // Two requests at once, each right when it looked: the later one meets what the earlier one left.
    if (state == "23505" || state == "23P01" || state == "23503") {
        log("constraint hit");
        return conflict("conflict", "This does not fit what was changed meanwhile. Load it again.");
    }
    log("query failed");
    return {500, "internal", "Something went wrong here. It was noted under the request's id."};
}

Response page(const Error& error, std::string_view request_id) {
    constexpr std::string_view form = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><style>
body{{font:1rem/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:#f6f6f3;color:#222}}
main{{max-width:32rem;padding:2rem}}h1{{font-size:1.5rem}}small{{color:#666}}
@media(prefers-color-scheme:dark){{body{{background:#1a1b1e;color:#ddd}}small{{color:#999}}a{{color:#8ab4f8}}}}
</style></head><body><main><h1>{title}</h1><p>{detail}</p><p><a href="/">Go to the start page</a></p>
<small>{status} · {request_id}</small></main></body></html>
)";
    return Response::html(
        fmt::format(
            fmt::runtime(fmt::string_view(form.data(), form.size())), fmt::arg("title", status_title(error.status)),
            fmt::arg("detail", escape_html(error.detail)), fmt::arg("status", error.status),
            fmt::arg("request_id", escape_html(request_id))
        ),
        error.status
    );
}

} // namespace

std::string_view status_title(int status) {
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 423: return "Locked";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return status < 400 ? "OK" : status < 500 ? "Client Error" : "Server Error";
    }
}

Error to_error(std::exception_ptr problem, std::string_view request_id) {
    try {
        std::rethrow_exception(problem);
    } catch (const Error& error) {
        return error;
    } catch (const db::Failure& failure) {
        return from_failure(failure, request_id);
    } catch (const boost::system::system_error& stopped) {
        if (stopped.code() == boost::system::errc::operation_canceled) {
            log::warn("request cancelled", {{"request_id", request_id}});
            return unavailable("timeout", "This took too long and was given up.");
        }
        log::error("request failed", {{"request_id", request_id}, {"error", stopped.what()}});
    } catch (const std::exception& other) {
        log::error("request failed", {{"request_id", request_id}, {"error", other.what()}});
    } catch (...) {
        log::error("request failed", {{"request_id", request_id}});
    }
    return {500, "internal", "Something went wrong here. It was noted under the request's id."};
}

Response problem_response(const Error& error, std::string_view request_id, bool as_html) {
    Response response;
    if (as_html) {
        response = page(error, request_id);
    } else {
        std::string body;
        JsonWriter json(body);
        json.begin_object();
        json.key("type");
        json.string("urn:doorstep:problem:" + error.code);
        json.key("title");
        json.string(status_title(error.status));
        json.key("status");
        json.integer(error.status);
        json.key("detail");
        json.string(error.detail);
        json.key("code");
        json.string(error.code);
        json.key("request_id");
        json.string(request_id);
        if (!error.fields.empty()) {
            json.key("errors");
            json.begin_array();
            for (auto& field : error.fields) {
                json.begin_object();
                json.key("field");
                json.string(field.field);
                json.key("code");
                json.string(field.code);
                json.key("message");
                json.string(field.message);
                json.end_object();
            }
            json.end_array();
        }
        for (auto& [name, value] : error.extra) {
            json.key(name);
            json.raw(value);
        }
        json.end_object();
        response.status = error.status;
        response.headers.add("Content-Type", "application/problem+json");
        response.body = std::move(body);
    }
    if (error.retry_after) response.headers.add("Retry-After", std::to_string(error.retry_after->count()));
    if (error.status == 401) response.headers.add("WWW-Authenticate", "Bearer");
    response.headers.add("Cache-Control", "no-store");
    return response;
}

} // namespace doorstep::http
