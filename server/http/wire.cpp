#include "http/wire.hpp"

#include <charconv>
#include <chrono>

#include "core/time.hpp"
#include "http/problem.hpp"

namespace doorstep::http {
namespace {

void append_number(std::string& out, std::size_t number) {
    char digits[20];
    auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end);
}

/// The date changes once a second.
const std::string& date_line() {
    thread_local std::chrono::sys_seconds written;
    thread_local std::string line;
    auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (now != written) {
        written = now;
        line = "Date: " + format_http_date(now) + "\r\n";
    }
    return line;
}

void append_common(std::string& out, const Response& response, bool secure) {
    out += "HTTP/1.1 ";
    append_number(out, std::size_t(response.status));
    out += ' ';
    out += status_title(response.status);
    out += "\r\n";
    out += date_line();
    for (auto& [name, value] : response.headers.all()) {
        out += name;
        out += ": ";
        // A line break in a value (a redirect made of user input) would begin another field.
        for (char c : value) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
        out += "\r\n";
    }
    append_security_lines(out, response, secure);
}

} // namespace

void append_head(std::string& out, const Response& response, bool keep_alive, bool secure) {
    append_common(out, response, secure);
    bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless) {
        out += "Content-Length: ";
        append_number(out, response.static_body.empty() ? response.body.size() : response.static_body.size());
        out += "\r\n";
    }
    out += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
}

void append_stream_head(std::string& out, const Response& response, bool secure) {
    append_common(out, response, secure);
    out += "Connection: close\r\n\r\n";
}

} // namespace doorstep::http
