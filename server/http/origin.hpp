#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "http/context.hpp"
#include "http/message.hpp"

namespace doorstep::http {

/// Which sites' pages may talk to us: ours, and those of the CORS allow-list.
class Origins {
public:
    Origins(std::string_view public_url, std::vector<std::string> allowed);

    /// Of the allow-list.
    bool allows(std::string_view origin) const;
    /// The request's own site, or the configured public one.
    bool is_own(const Request& request, std::string_view origin) const;

    /// No sign that another site's page sent it: Origin and Sec-Fetch-Site, where a browser says them. The Error is a 403.
    std::optional<Error> check_site(const Request& request) const;
    /// What a session by cookie must show on a write: its CSRF token, and no sign of another site. The Error is a 403.
    std::optional<Error> check_write(const Request& request, const Principal& principal) const;

    /// Adds the CORS fields of an answer; `any`: the route is for pages of any site.
    void add_cors(const Request& request, bool any, Response& response) const;
    /// The answer to a preflight.
    Response preflight(const Request& request, bool any, const std::string& allow) const;

private:
    std::string public_origin_;
    std::vector<std::string> allowed_;
};

bool is_safe_method(std::string_view method);
/// "https://example.com:8443" of a URL, lower-case, without a default port; empty if it is none.
std::string origin_of(std::string_view url);

} // namespace doorstep::http
