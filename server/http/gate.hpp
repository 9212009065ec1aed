#pragma once

// The framing gate: reads a request's head from raw bytes by one closed grammar. What it lets through has exactly one
// reading; on any doubt the connection gets its answer and is closed, so that no byte can be taken for another request.
//
// `Transfer-Encoding: chunked`, alone and in HTTP/1.1, is accepted: proxies and webhook senders that stream use it. Its sizes,
// extensions and trailers count against a budget of their own. Bodies of HTTP/1.0, any other coding, any coding with a
// Content-Length, and repeated or listed lengths are refused even where they agree.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "http/message.hpp"

namespace doorstep::http {

/// What goes back instead of an answer. Views of constants.
struct Refusal {
    int status;
    std::string_view code;
    std::string_view detail;
};

struct Head {
    Request request; ///< without body, address and security, which are not the head's to say
    bool keep_alive = true;
    bool chunked = false;
    bool expects_continue = false;
    std::uint64_t content_length = 0;
};

/// Where a head ends: after its empty line.
struct HeadEnd {
    std::size_t size = 0; ///< 0: not there yet
    bool broken = false;  ///< a line feed without its carriage return: no need to wait for more
};

/// Looks through `bytes` from `from`, up to where the last call has looked already; starts at 0.
HeadEnd find_head_end(std::string_view bytes, std::size_t from);

/// Reads a head with its empty line.
std::optional<Refusal> read_head(std::string_view bytes, Head& head);

/// Decodes a target into the request's path and query: percent-decoded once, never with dot segments, empty segments, encoded
/// slashes, NUL or invalid UTF-8.
std::optional<Refusal> read_target(std::string_view target, Request& request);

inline constexpr std::size_t max_target_bytes = 8 * 1024;
inline constexpr std::size_t max_header_fields = 100;

/// Takes a chunked body apart as its bytes arrive. Extensions, of RFC 9112's form without its odd blanks and escapes, and trailers
/// are dropped; together with the sizes they may not
/// exceed what an honest sender needs.
class ChunkedBody {
public:
    explicit ChunkedBody(std::size_t limit) : limit_(limit) {}

    enum class State { more, done, malformed, too_large };
    /// Appends what it decodes to `body`; `used` tells how many bytes of `input` belong to this request.
    State feed(std::string_view input, std::string& body, std::size_t& used);

private:
    enum class Expect {
        size,
        extension,
        extension_name,
        extension_value,
        extension_token,
        extension_quoted,
        extension_end,
        size_feed,
        data,
        data_return,
        data_feed,
        trailer_start,
        trailer_name,
        trailer,
        trailer_feed,
        last_feed
    };
    State step(char c);
    State step_extension(char c);

    std::size_t limit_;
    Expect expect_ = Expect::size;
    std::uint64_t left_ = 0;
    std::size_t digits_ = 0;
    std::size_t decoded_ = 0;
    std::size_t overhead_ = 0;
};

} // namespace doorstep::http
