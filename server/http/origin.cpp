#include "http/origin.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "http/ascii.hpp"

namespace doorstep::http {
namespace {

Error cross_site(std::string detail) {
    return {403, "cross_site", std::move(detail)};
}

constexpr std::string_view allowed_headers =
    "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Acting-Account, X-CSRF-Token, X-Request-Id";
constexpr std::string_view exposed_headers =
    "Content-Disposition, ETag, Idempotency-Replayed, Location, Retry-After, X-Request-Id";

} // namespace

bool is_safe_method(std::string_view method) {
    return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

std::string origin_of(std::string_view url) {
    auto lower_url = to_lower_ascii(url);
    auto scheme_end = lower_url.find("://");
    if (scheme_end == lower_url.npos || scheme_end == 0) return {};
    auto end = lower_url.find_first_of("/?#", scheme_end + 3);
    auto origin = lower_url.substr(0, end);
    auto drop = [&](std::string_view scheme, std::string_view port) {
        if (origin.starts_with(scheme) && origin.ends_with(port)) origin.resize(origin.size() - port.size());
    };
    drop("http://", ":80");
    drop("https://", ":443");
    return origin.size() > scheme_end + 3 ? origin : std::string{};
}

Origins::Origins(std::string_view public_url, std::vector<std::string> allowed)
    : public_origin_(origin_of(public_url)), allowed_(std::move(allowed)) {
    for (auto& origin : allowed_) {
        if (auto clean = origin_of(origin); !clean.empty()) origin = clean;
    }
}

bool Origins::allows(std::string_view origin) const {
    return std::ranges::find(allowed_, origin_of(origin)) != allowed_.end();
}

bool Origins::is_own(const Request& request, std::string_view origin) const {
    auto clean = origin_of(origin);
    if (clean.empty()) return false;
    if (clean == public_origin_) return true;
    auto host = request.header("Host").value_or("");
    if (host.empty()) return false;
    // Behind a proxy that ends TLS without being trusted we do not know that the page came by https.
    if (clean == origin_of("https://" + std::string(host))) return true;
    return !request.secure && clean == origin_of("http://" + std::string(host));
}

std::optional<Error> Origins::check_site(const Request& request) const {
    auto origin = request.header("Origin");
    bool allowed_elsewhere = origin && allows(*origin);
    if (origin && !allowed_elsewhere && !is_own(request, *origin))
        return cross_site("This page may not act here in your name.");
    auto site = request.header("Sec-Fetch-Site");
    if (site && equal_ignoring_case(*site, "cross-site") && !allowed_elsewhere)
        return cross_site("This page may not act here in your name.");
    return std::nullopt;
}

std::optional<Error> Origins::check_write(const Request& request, const Principal& principal) const {
    if (principal.kind != Principal::Kind::session || principal.csrf_token.empty()) return std::nullopt;
    if (is_safe_method(request.method)) return std::nullopt;
    if (auto foreign = check_site(request)) return foreign;
    auto token = request.header("X-CSRF-Token").value_or("");
    if (!equal_in_constant_time(token, principal.csrf_token))
        return Error(403, "csrf", "Load the page again, then repeat what you did.");
    return std::nullopt;
}

void Origins::add_cors(const Request& request, bool any, Response& response) const {
    if (any) {
        response.headers.set("Access-Control-Allow-Origin", "*");
        response.headers.set("Access-Control-Expose-Headers", std::string(exposed_headers));
        return;
    }
    if (allowed_.empty()) return;
    response.headers.add("Vary", "Origin");
    auto origin = request.header("Origin");
    if (!origin || !allows(*origin)) return;
    response.headers.set("Access-Control-Allow-Origin", std::string(*origin));
    response.headers.set("Access-Control-Allow-Credentials", "true");
    response.headers.set("Access-Control-Expose-Headers", std::string(exposed_headers));
}

Response Origins::preflight(const Request& request, bool any, const std::string& allow) const {
    auto response = Response::empty(204);
    response.headers.add("Allow", allow);
    add_cors(request, any, response);
    if (response.headers.find("Access-Control-Allow-Origin")) {
        response.headers.add("Access-Control-Allow-Methods", allow);
        response.headers.add("Access-Control-Allow-Headers", std::string(allowed_headers));
        response.headers.add("Access-Control-Max-Age", "600");
    }
    return response;
}

} // namespace doorstep::http
