#include "http/ascii.hpp"
#include "http/wire.hpp"

namespace doorstep::http {

namespace {

constexpr std::string_view page_policy =
    "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
    "'none'\r\n";
constexpr std::string_view data_policy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

} // namespace

void append_security_lines(std::string& out, const Response& response, bool secure) {
    bool csp = false;
    bool corp = false;
    bool opener = false;
    bool referrer = false;
    bool html = false;
    for (auto& [name, value] : response.headers.all()) {
        if (equal_ignoring_case(name, "Content-Security-Policy"))
            csp = true;
        else if (equal_ignoring_case(name, "Cross-Origin-Resource-Policy"))
            corp = true;
        else if (equal_ignoring_case(name, "Cross-Origin-Opener-Policy"))
            opener = true;
        else if (equal_ignoring_case(name, "Referrer-Policy"))
            referrer = true;
        else if (equal_ignoring_case(name, "Content-Type"))
            html = value.starts_with("text/html");
    }
    out += "X-Content-Type-Options: nosniff\r\n"
           "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";
    // A route with its own policy says there who may frame it.
    if (!csp) {
        out += "X-Frame-Options: DENY\r\n";
        // Of what is not modified a browser keeps the body but takes over the fields: a page would get the policy of data.
        if (response.status != 304) out += html ? page_policy : data_policy;
    }
    if (!referrer) out += "Referrer-Policy: strict-origin-when-cross-origin\r\n";
    if (!corp) out += "Cross-Origin-Resource-Policy: same-origin\r\n";
    if (!opener) out += "Cross-Origin-Opener-Policy: same-origin\r\n";
    if (secure) out += "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";
}

void add_security_headers(Response& response, bool secure) {
    std::string lines;
    append_security_lines(lines, response, secure);
    for (std::string_view rest = lines; !rest.empty();) {
        auto line = take_until(rest, '\n');
        auto name = take_until(line, ':');
        response.headers.add(std::string(name), std::string(line.substr(1, line.size() - 2)));
    }
}

} // namespace doorstep::http
