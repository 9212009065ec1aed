// Raw bytes as a connection would bring them: the gate must neither crash nor judge differently when they come in pieces, and
// what it lets through must look the same to Beast's parser, whose laxness it is there to correct.
#include <ostream>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstdint>
#include <cstdlib>

#include "core/text.hpp"
#include "http/ascii.hpp"
#include "http/gate.hpp"

namespace {

using namespace doorstep;
namespace beast = boost::beast;

void require(bool holds) {
    if (!holds) std::abort();
}

struct Body {
    http::ChunkedBody::State state;
    std::string bytes;
    std::size_t used;
};

Body decode(std::string_view input, std::size_t piece) {
    http::ChunkedBody decoder(1000);
    Body body{http::ChunkedBody::State::more, {}, 0};
    while (body.used < input.size() && body.state == http::ChunkedBody::State::more) {
        std::size_t used = 0;
        body.state = decoder.feed(input.substr(body.used, piece), body.bytes, used);
        body.used += used;
        if (used == 0) break;
    }
    require(body.bytes.size() <= 1000);
    return body;
}

/// Trailers are dropped here; Beast takes these for framing, and may refuse them.
bool has_framing_trailer(std::string_view rest) {
    auto text = to_lower_ascii(rest);
    for (auto name : {"\ncontent-length", "\ntransfer-encoding", "\nconnection", "\nproxy-connection", "\nupgrade"}) {
        if (text.find(name) != std::string::npos) return true;
    }
    return false;
}

/// Beast reads the same request out of the same bytes.
void compare(const http::Head& head, std::string_view bytes, std::string_view raw_head, const Body* chunked) {
    beast::http::request_parser<beast::http::string_body> parser;
    parser.header_limit(1 << 20);
    parser.body_limit(1 << 30);
    parser.eager(true);
    beast::error_code failed;
    std::size_t used = 0;
    while (used < bytes.size() && !parser.is_done()) {
        auto step = parser.put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), failed);
        used += step;
        if (failed == beast::http::error::need_more) failed = {};
        if (failed || step == 0) break;
    }
    // It may refuse nothing that we let through.
    require(parser.is_header_done());
    auto& message = parser.get();
    require(std::string_view(message.method_string().data(), message.method_string().size()) == head.request.method);
    require(message.chunked() == head.chunked);
    auto fields = std::size_t(std::distance(message.begin(), message.end()));
    // It keeps trailers as fields.
    require(head.chunked ? fields >= head.request.headers.all().size() : fields == head.request.headers.all().size());
    if (!head.chunked && bytes.size() >= raw_head.size() + head.content_length) {
        require(parser.is_done());
        require(used == raw_head.size() + head.content_length);
    }
    if (chunked && chunked->state == http::ChunkedBody::State::done && !has_framing_trailer(bytes.substr(raw_head.size()))) {
        require(parser.is_done());
        require(used == raw_head.size() + chunked->used);
        require(message.body() == chunked->bytes);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    auto piece = std::size_t(data[0]) % 7 + 1;
    std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

    auto whole = http::find_head_end(bytes, 0);
    http::HeadEnd grown;
    std::size_t seen = 0;
    for (std::size_t have = piece; grown.size == 0 && !grown.broken; have += piece) {
        auto now = std::min(have, bytes.size());
        grown = http::find_head_end(bytes.substr(0, now), seen);
        seen = now;
        if (now == bytes.size()) break;
    }
    require(whole.size == grown.size && whole.broken == grown.broken);
    if (whole.size == 0) return 0;

    http::Head head;
    if (http::read_head(bytes.substr(0, whole.size), head)) return 0;
    require(is_utf8(head.request.path) && head.request.path.find('\0') == std::string::npos);
    require(head.request.path == "*" || head.request.path.front() == '/');
    require(head.request.path.find("//") == std::string::npos && head.request.path.find("/../") == std::string::npos);
    for (auto& [name, value] : head.request.query) require(http::is_clean_text(name) && http::is_clean_text(value));
    require(!(head.chunked && head.content_length > 0));

    auto rest = bytes.substr(whole.size);
    if (!head.chunked) {
        compare(head, bytes, bytes.substr(0, whole.size), nullptr);
        return 0;
    }
    auto at_once = decode(rest, rest.size() + 1);
    auto in_pieces = decode(rest, piece);
    require(at_once.state == in_pieces.state && at_once.used == in_pieces.used && at_once.bytes == in_pieces.bytes);
    compare(head, bytes, bytes.substr(0, whole.size), &at_once);
    return 0;
}
