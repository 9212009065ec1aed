#include "http/gate.hpp"

#include <cstring>

#include "core/text.hpp"
#include "http/ascii.hpp"

namespace doorstep::http {
namespace {

constexpr Refusal malformed{400, "malformed_request", "The request is not well-formed HTTP."};
constexpr Refusal bad_framing{400, "bad_framing", "The request's length cannot be told for certain."};
constexpr Refusal bad_host{400, "bad_host", "The request needs exactly one valid Host."};
constexpr Refusal bad_target{400, "bad_target", "The address is not well-formed."};
constexpr Refusal bad_version{505, "version_not_supported", "This server speaks HTTP/1.1."};
constexpr Refusal bad_method{501, "method_not_implemented", "This server does not know that method."};
constexpr Refusal long_target{414, "target_too_long", "The address is too long."};
constexpr Refusal many_fields{431, "headers_too_large", "The request has too many header fields."};
constexpr Refusal bad_expectation{417, "expectation_failed", "This server only knows the expectation 100-continue."};
constexpr Refusal huge_body{413, "body_too_large", "The body is too large."};

bool known_method(std::string_view method) {
    return method == "GET" || method == "POST" || method == "PATCH" || method == "PUT" || method == "DELETE" ||
           method == "HEAD" || method == "OPTIONS";
}

/// Visible ASCII that a target may hold; the rest has to be percent-encoded.
bool is_target_byte(char c) {
    return is_alphanumeric(c) || std::string_view("-._~:/?@!$&'()*+,;=%[]|{}").find(c) != std::string_view::npos;
}

bool valid_host(std::string_view host) {
    std::string_view name = host;
    std::string_view port;
    bool has_port = false;
    if (!host.empty() && host.front() == '[') {
        auto end = host.find(']');
        if (end == host.npos || end < 3) return false;
        name = host.substr(1, end - 1);
        for (char c : name) {
            if (hex_digit(c) < 0 && c != ':' && c != '.') return false;
        }
        auto rest = host.substr(end + 1);
        if (!rest.empty() && rest.front() != ':') return false;
        has_port = !rest.empty();
        if (has_port) port = rest.substr(1);
    } else {
        auto colon = host.find(':');
        name = host.substr(0, colon);
        has_port = colon != host.npos;
        if (has_port) port = host.substr(colon + 1);
        if (name.empty() || name.size() > 253) return false;
        for (char c : name) {
            if (!is_alphanumeric(c) && c != '-' && c != '.' && c != '_') return false;
        }
    }
    if (!has_port) return true;
    if (port.empty() || port.size() > 5) return false;
    for (char c : port) {
        if (!is_digit(c)) return false;
    }
    return true;
}

/// Fields that must not be said twice: two readers could each believe another one.
bool is_single(std::string_view name) {
    static constexpr std::string_view names[] = {
        "Authorization", "Content-Type", "Origin", "X-CSRF-Token", "Idempotency-Key", "X-Acting-Account", "Content-Encoding",
    };
    for (auto single : names) {
        if (equal_ignoring_case(name, single)) return true;
    }
    return false;
}

std::string text_value(std::string_view raw) {
    std::string value(raw);
    // Field values may reach logs and the store, which hold UTF-8.
    if (!is_utf8(value)) {
        for (char& c : value) {
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
        }
    }
    return value;
}

struct Framing {
    int hosts = 0;
    int lengths = 0;
    int encodings = 0;
    bool close = false;
    bool keep_alive = false;
    std::string_view host;
};

std::optional<Refusal> read_field(std::string_view line, Head& head, Framing& framing) {
    std::size_t colon = 0;
    while (colon < line.size() && is_token(line[colon])) ++colon;
    // No name, a space before the colon, a folded line: all end here.
    if (colon == 0 || colon == line.size() || line[colon] != ':') return malformed;
    auto name = line.substr(0, colon);
    auto value = strip(line.substr(colon + 1));
    for (char c : value) {
        auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7f) return malformed;
    }
    if (equal_ignoring_case(name, "Host")) {
        ++framing.hosts;
        framing.host = value;
    } else if (equal_ignoring_case(name, "Content-Length")) {
        ++framing.lengths;
        if (value.empty()) return bad_framing;
        for (char c : value) {
            if (!is_digit(c)) return bad_framing;
        }
        if (value.size() > 15) return huge_body;
        head.content_length = 0;
        for (char c : value) head.content_length = head.content_length * 10 + std::uint64_t(c - '0');
    } else if (equal_ignoring_case(name, "Transfer-Encoding")) {
        ++framing.encodings;
        if (!equal_ignoring_case(value, "chunked")) return bad_framing;
        head.chunked = true;
    } else if (equal_ignoring_case(name, "Connection")) {
        framing.close = framing.close || list_has(value, "close");
        framing.keep_alive = framing.keep_alive || list_has(value, "keep-alive");
    } else if (equal_ignoring_case(name, "Expect")) {
        if (!equal_ignoring_case(value, "100-continue")) return bad_expectation;
        head.expects_continue = true;
    } else if (is_single(name) && head.request.headers.find(name)) {
        return malformed;
    }
    head.request.headers.add(std::string(name), text_value(value));
    return std::nullopt;
}

/// Takes the authority off an absolute target. It has to be the Host's, or a proxy before us may have routed by another.
bool take_authority(std::string_view& target, std::string_view host) {
    std::size_t scheme = 0;
    if (equal_ignoring_case(target.substr(0, 7), "http://"))
        scheme = 7;
    else if (equal_ignoring_case(target.substr(0, 8), "https://"))
        scheme = 8;
    else
        return false;
    target.remove_prefix(scheme);
    auto end = target.find_first_of("/?");
    auto authority = target.substr(0, end);
    if (!equal_ignoring_case(authority, host)) return false;
    target.remove_prefix(authority.size());
    return true;
}

} // namespace

HeadEnd find_head_end(std::string_view bytes, std::size_t from) {
    // An empty line may have begun three bytes before.
    std::size_t at = from < 3 ? 0 : from - 3;
    while (at < bytes.size()) {
        auto found = static_cast<const char*>(std::memchr(bytes.data() + at, '\n', bytes.size() - at));
        if (!found) return {};
        auto feed = std::size_t(found - bytes.data());
        if (feed == 0 || bytes[feed - 1] != '\r') return {0, true};
        if (feed >= 3 && bytes[feed - 2] == '\n' && bytes[feed - 3] == '\r') return {feed + 1, false};
        at = feed + 1;
    }
    return {};
}

std::optional<Refusal> read_head(std::string_view bytes, Head& head) {
    auto line_end = bytes.find("\r\n");
    if (line_end == bytes.npos) return malformed;
    auto line = bytes.substr(0, line_end);
    bytes.remove_prefix(line_end + 2);

    auto first_space = line.find(' ');
    auto last_space = line.rfind(' ');
    if (first_space == line.npos || first_space == last_space || first_space == 0) return malformed;
    auto method = line.substr(0, first_space);
    auto target = line.substr(first_space + 1, last_space - first_space - 1);
    auto version = line.substr(last_space + 1);
    for (char c : method) {
        if (!is_token(c)) return malformed;
    }
    if (version.size() != 8 || !version.starts_with("HTTP/") || !is_digit(version[5]) || version[6] != '.' ||
        !is_digit(version[7]))
        return malformed;
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return bad_version;
    bool old = version == "HTTP/1.0";
    if (target.size() > max_target_bytes) return long_target;
    if (target.empty()) return malformed;
    for (char c : target) {
        if (!is_target_byte(c)) return bad_target;
    }
    if (!known_method(method)) return bad_method;

    Framing framing;
    for (std::size_t fields = 0;; ++fields) {
        auto end = bytes.find("\r\n");
        if (end == bytes.npos) return malformed;
        if (end == 0) break;
        if (fields == max_header_fields) return many_fields;
        if (auto refusal = read_field(bytes.substr(0, end), head, framing)) return refusal;
        bytes.remove_prefix(end + 2);
    }
    if (bytes.size() != 2) return malformed;

    if (framing.hosts > 1 || (framing.hosts == 0 && !old)) return bad_host;
    if (framing.hosts == 1 && !valid_host(framing.host)) return bad_host;
    if (framing.lengths > 1 || framing.encodings > 1) return bad_framing;
    if (framing.lengths && framing.encodings) return bad_framing;
    // HTTP/1.0 has no chunks, and its senders do not agree on where a body ends.
    if (old && (framing.encodings || head.content_length > 0)) return bad_framing;
    head.keep_alive = !old && !framing.close;

    head.request.method = method;
    head.request.target = target;
    if (target == "*") {
        if (method != "OPTIONS") return bad_target;
        head.request.path = "*";
        return std::nullopt;
    }
    if (target.front() != '/') {
        if (!take_authority(target, framing.host)) return bad_target;
        if (target.empty() || target.front() == '?') {
            head.request.target = "/" + std::string(target);
            return read_target(head.request.target, head.request);
        }
        head.request.target = target;
    }
    return read_target(target, head.request);
}

std::optional<Refusal> read_target(std::string_view target, Request& request) {
    auto question = target.find('?');
    auto raw_path = target.substr(0, question);
    if (raw_path.empty() || raw_path.front() != '/') return bad_target;

    request.path.clear();
    request.query.clear();
    if (!percent_decode_strict(raw_path, false, request.path)) return bad_target;
    if (request.path.size() != raw_path.size()) {
        // A slash that only appears by decoding would move the borders between segments.
        auto slashes = [](std::string_view text) {
            std::size_t count = 0;
            for (char c : text) count += c == '/';
            return count;
        };
        if (slashes(request.path) != slashes(raw_path)) return bad_target;
    }
    for (char c : request.path) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return bad_target;
    }
    if (!is_utf8(request.path)) return bad_target;
    for (auto rest = std::string_view(request.path).substr(1); !rest.empty();) {
        auto segment = take_until(rest, '/');
        if (segment.empty() || segment == "." || segment == "..") return bad_target;
    }
    if (request.path.size() > 1 && request.path.back() == '/') request.path.pop_back();

    if (question == target.npos) return std::nullopt;
    auto query = parse_form(target.substr(question + 1));
    if (!query) return Refusal{400, "bad_query", "The query string is not well-formed."};
    request.query = std::move(*query);
    return std::nullopt;
}

} // namespace doorstep::http
