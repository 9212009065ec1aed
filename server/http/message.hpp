#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/task.hpp"

namespace doorstep::http {

/// Header fields in order; names compare without case.
class Headers {
public:
    void add(std::string name, std::string value);
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);
    /// The first of that name.
    std::optional<std::string_view> find(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// What came in, after the framing gate: path and query decoded, body whole and within its limit.
struct Request {
    std::string method;
    std::string target; ///< as sent
    std::string path;   ///< percent-decoded, normalised; no trailing slash but for "/"
    std::vector<std::pair<std::string, std::string>> query;
    Headers headers;
    std::string body;      ///< raw bytes, as signed by webhook senders
    std::string client_ip; ///< the rightmost address that is no trusted proxy
    bool secure = false;   ///< TLS here or at a trusted proxy

    std::optional<std::string_view> header(std::string_view name) const { return headers.find(name); }
    std::optional<std::string_view> query_value(std::string_view name) const;
    std::optional<std::string> cookie(std::string_view name) const;
    /// Whether Accept prefers HTML (a browser) over JSON.
    bool wants_html() const;
};

/// Sends parts of an answer that has no end yet (server-sent events). Awaiting send() applies back-pressure; it throws once the
/// peer has gone or the server is stopping.
class Stream {
public:
    virtual ~Stream() = default;
    virtual Task<> send(std::string_view bytes) = 0;
    /// Completes when the peer has gone or the server stops.
    virtual bool open() const = 0;
};

struct Cookie {
    std::string name;
    std::string value;
    std::optional<std::int64_t> max_age; ///< seconds; 0 deletes; unset: until the browser closes
    std::string path = "/";
    bool http_only = true;
    std::string same_site = "Lax";
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    /// Body bytes that live as long as the process (embedded files), instead of `body`.
    std::string_view static_body;
    /// Instead of a body: called after the head is sent; the connection closes when it returns.
    std::function<Task<>(Stream&)> stream;
    /// No answer at all: the connection closes. For the sandbox, which plays peers that break.
    bool drop = false;

    static Response json(std::string text, int status = 200);
    static Response html(std::string text, int status = 200);
    static Response text(std::string text, int status = 200);
    static Response redirect(std::string location, int status = 303);
    static Response empty(int status = 204);
};

std::string percent_encode(std::string_view text);
std::string percent_decode(std::string_view text, bool plus_is_space);
/// application/x-www-form-urlencoded; nullopt if malformed.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view body);

} // namespace doorstep::http
