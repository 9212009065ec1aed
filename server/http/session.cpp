#include "http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>

#include "core/log.hpp"
#include "http/ascii.hpp"
#include "http/problem.hpp"
#include "http/wire.hpp"

namespace doorstep::http {
namespace {

namespace asio = boost::asio;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t read_size = 4 * 1024;
/// Bodies up to this size are read even where no route takes them, so that the connection can go on, and are not counted.
constexpr std::size_t small_body = 64 * 1024;
constexpr std::size_t pipelined_answers = 64 * 1024;
/// A peer slower than this is not worth its connection.
constexpr std::size_t bytes_per_second = 16 * 1024;

constexpr Refusal too_large_head{431, "headers_too_large", "The request's header is too large."};
constexpr Refusal too_long_target{414, "target_too_long", "The address is too long."};
constexpr Refusal too_large_body{413, "body_too_large", "The body is too large for this address."};
constexpr Refusal broken{400, "malformed_request", "The request is not well-formed HTTP."};
constexpr Refusal bad_chunks{400, "bad_framing", "The body's chunks are not well-formed."};
constexpr Refusal signed_out{401, "unauthorized", "Sign in to go on."};
constexpr Refusal too_busy{503, "too_many_bodies", "The server is busy with other uploads. Try again in a moment."};
constexpr Refusal too_slow{408, "request_timeout", "The request took too long to arrive."};

} // namespace

Session::Session(std::shared_ptr<Shared> shared, std::unique_ptr<Transport> transport, std::string peer)
    : shared_(std::move(shared)), transport_(std::move(transport)), peer_(std::move(peer)) {
    place_ = shared_->sessions.insert(shared_->sessions.end(), this);
    enter(Phase::handshake, shared_->options.header_timeout);
}

Session::~Session() {
    release_body();
    shared_->sessions.erase(place_);
    if (shared_->sessions.empty() && shared_->on_empty) shared_->on_empty();
}

void Session::enter(Phase phase, steady_clock::duration allowed) {
    phase_ = phase;
    deadline_ = steady_clock::now() + allowed;
}

void Session::sweep(steady_clock::time_point now) {
    if (phase_ == Phase::streaming || now < deadline_ || expired_) return;
    expired_ = true;
    if (phase_ == Phase::handling)
        signal_.emit(asio::cancellation_type::terminal);
    else
        transport_->cancel();
}

void Session::stop() {
    if (phase_ == Phase::idle || phase_ == Phase::handshake) transport_->cancel();
    if (phase_ == Phase::streaming) signal_.emit(asio::cancellation_type::terminal);
}

void Session::abandon() {
    expired_ = true;
    gone_ = true;
    transport_->cancel();
    signal_.emit(asio::cancellation_type::terminal);
}

void Session::consume(std::size_t bytes) {
    read_ += bytes;
    if (read_ < in_.size()) return;
    read_ = 0;
    in_.clear();
    if (in_.capacity() > 4 * read_size) in_.shrink_to_fit();
}

Task<> Session::run() {
    auto self = shared_from_this(); // until the end, whoever else lets go
    auto [failed, none] = co_await transport_->handshake();
    if (failed) co_return;

    auto& pipeline = shared_->pipeline;
    bool again = true;
    bool unread_rest = false;
    while (again && !shared_->stopping) {
        Head head;
        auto read = co_await read_head(head);
        if (read == Read::ok) {
            head.request.secure = transport_->secure();
            pipeline.proxies().identify(peer_, head.request);
            secure_ = head.request.secure;
        }
        Router::Match match;
        if (read == Read::ok) {
            match = pipeline.match(head.request);
            if (head.chunked || head.content_length > 0) read = co_await read_body(head, match.route);
        }
        if (read == Read::closed) break;
        if (read == Read::refused) {
            unread_rest = true;
            break;
        }

        enter(Phase::handling, shared_->options.request_timeout);
        auto response = co_await pipeline.answer(head.request, match);
        release_body();
        if (expired_) {
            // The handler was told to give up and its answer says so; this coroutine goes on.
            co_await asio::this_coro::reset_cancellation_state();
            if (gone_) break;
            expired_ = false;
        }
        if (response.drop) break;
        bool head_only = head.request.method == "HEAD";
        if (response.stream && !head_only) {
            head = {}; // thousands of streams may stay open for hours
            match = {};
            co_await stream(response);
            break;
        }
        again = head.keep_alive && !shared_->stopping;
        append(response, again, head_only);
        if (!response.static_body.empty() && !head_only) {
            auto sent = co_await flush(response.static_body);
            if (!sent) co_return;
        } else if (unread().empty() || out_.size() >= pipelined_answers || !again) {
            auto sent = co_await flush();
            if (!sent) co_return;
        }
    }
    if (!out_.empty()) {
        auto sent = co_await flush();
        if (!sent) co_return;
    }
    transport_->finish();
    if (unread_rest) co_await linger();
}

Task<Session::Read> Session::read_head(Head& head) {
    auto& options = shared_->options;
    if (unread().empty())
        enter(Phase::idle, options.idle_timeout);
    else
        enter(Phase::head, options.header_timeout);
    // RFC 9112 2.2: an empty line before a request is forgiven, once.
    bool forgiven = false;
    std::size_t seen = 0;
    while (true) {
        if (!forgiven && unread().starts_with("\r\n")) {
            consume(2);
            forgiven = true;
            seen = 0;
            continue;
        }
        auto bytes = unread();
        auto end = find_head_end(bytes, seen);
        if (end.broken) co_return refuse(broken);
        if (end.size > options.max_header_bytes || (end.size == 0 && bytes.size() > options.max_header_bytes))
            co_return refuse(bytes.find("\r\n") > max_target_bytes ? too_long_target : too_large_head);
        if (end.size > 0) {
            auto refusal = http::read_head(bytes.substr(0, end.size), head);
            if (refusal) co_return refuse(*refusal);
            consume(end.size);
            co_return Read::ok;
        }
        seen = bytes.size();
        if (!out_.empty()) {
            auto sent = co_await flush();
            if (!sent) co_return Read::closed;
            enter(seen ? Phase::head : Phase::idle, seen ? options.header_timeout : options.idle_timeout);
        }
        if (phase_ == Phase::idle && shared_->stopping) co_return Read::closed;
        auto failed = co_await read_more();
        if (failed) {
            if (expired_ && !gone_ && phase_ == Phase::head) co_return refuse(too_slow);
            co_return Read::closed;
        }
        if (phase_ == Phase::idle) enter(Phase::head, options.header_timeout);
    }
}

Task<boost::system::error_code> Session::read_more() {
    auto had = in_.size();
    // What is used already makes room for what comes.
    if (read_ > 0 && had + read_size > in_.capacity()) {
        in_.erase(0, read_);
        read_ = 0;
        had = in_.size();
    }
    in_.resize(had + read_size);
    auto [failed, size] = co_await transport_->read_some(asio::buffer(in_.data() + had, read_size));
    in_.resize(had + (failed ? 0 : size));
    co_return failed;
}

bool Session::reserve_body(std::size_t bytes) {
    if (bytes <= small_body || bytes <= reserved_) return true;
    auto more = bytes - reserved_;
    if (shared_->body_bytes + more > shared_->options.max_body_bytes) return false;
    shared_->body_bytes += more;
    reserved_ = bytes;
    return true;
}

void Session::release_body() {
    shared_->body_bytes -= reserved_;
    reserved_ = 0;
}

Task<Session::Read> Session::read_body(Head& head, const Route* route) {
    auto limit = route ? route->body_limit : small_body;
    if (head.content_length > limit) co_return refuse(too_large_body);
    if (route && !route->is_public && (head.chunked || head.content_length > small_body)) {
        // Strangers do not get to fill our memory with what only members may send.
        auto& request = head.request;
        if (!request.header("Authorization") && !request.header("Cookie")) co_return refuse(signed_out);
    }
    if (!reserve_body(std::size_t(head.content_length))) co_return refuse(too_busy);
    enter(Phase::body, shared_->options.body_timeout + seconds(head.content_length / bytes_per_second));
    if (head.expects_continue && unread().empty()) {
        out_ += "HTTP/1.1 100 Continue\r\n\r\n";
        auto sent = co_await flush();
        if (!sent) co_return Read::closed;
        enter(Phase::body, shared_->options.body_timeout + seconds(head.content_length / bytes_per_second));
    }
    if (head.chunked) {
        auto read = co_await read_chunked(head, limit);
        co_return read;
    }
    auto read = co_await read_sized(head);
    co_return read;
}

Task<Session::Read> Session::read_sized(Head& head) {
    auto& body = head.request.body;
    auto size = std::size_t(head.content_length);
    auto here = std::min(size, unread().size());
    body.assign(unread().substr(0, here));
    consume(here);
    while (body.size() < size) {
        // Grows with what comes, not with what is announced.
        auto had = body.size();
        auto room = std::min(size - had, std::max(had, std::size_t(16 * 1024)));
        body.resize(had + room);
        auto [failed, got] = co_await transport_->read_some(asio::buffer(body.data() + had, room));
        body.resize(had + (failed ? 0 : got));
        if (failed) co_return expired_ && !gone_ ? refuse(too_slow) : Read::closed;
    }
    co_return Read::ok;
}

Task<Session::Read> Session::read_chunked(Head& head, std::size_t limit) {
    ChunkedBody decoder(limit);
    auto started = steady_clock::now();
    while (true) {
        std::size_t used = 0;
        auto state = decoder.feed(unread(), head.request.body, used);
        consume(used);
        if (state == ChunkedBody::State::done) co_return Read::ok;
        if (state == ChunkedBody::State::malformed) co_return refuse(bad_chunks);
        if (state == ChunkedBody::State::too_large) co_return refuse(too_large_body);
        if (!reserve_body(head.request.body.size())) co_return refuse(too_busy);
        deadline_ = started + shared_->options.body_timeout + seconds(head.request.body.size() / bytes_per_second);
        auto failed = co_await read_more();
        if (failed) co_return expired_ && !gone_ ? refuse(too_slow) : Read::closed;
    }
}

Session::Read Session::refuse(const Refusal& refusal) {
    expired_ = false;
    Error error(refusal.status, std::string(refusal.code), std::string(refusal.detail));
    append(shared_->pipeline.refuse(error), false, false);
    return Read::refused;
}

void Session::append(const Response& response, bool keep_alive, bool head_only) {
    append_head(out_, response, keep_alive, secure_);
    if (!head_only && response.static_body.empty()) out_ += response.body;
}

Task<bool> Session::flush(std::string_view tail) {
    enter(Phase::writing, shared_->options.body_timeout + seconds((out_.size() + tail.size()) / bytes_per_second));
    std::size_t written = tail.empty() ? transport_->try_write(out_) : 0;
    if (written < out_.size() || !tail.empty()) {
        std::array<asio::const_buffer, 2> buffers{asio::buffer(out_) + written, asio::buffer(tail)};
        auto [failed, size] = co_await transport_->write(buffers);
        if (failed) {
            gone_ = true;
            co_return false;
        }
    }
    out_.clear();
    if (out_.capacity() > pipelined_answers) out_.shrink_to_fit();
    co_return true;
}

Task<> Session::send(std::string_view bytes) {
    if (!open()) throw boost::system::system_error(asio::error::operation_aborted);
    out_ += bytes;
    auto sent = co_await flush();
    phase_ = Phase::streaming;
    if (!sent) throw boost::system::system_error(asio::error::connection_reset);
}

Task<> Session::stream(Response& response) {
    append_stream_head(out_, response, secure_);
    auto sent = co_await flush();
    if (!sent) co_return;
    in_ = {};
    out_ = {};
    read_ = 0;
    phase_ = Phase::streaming;
    watch_peer();
    try {
        co_await response.stream(*this);
    } catch (const boost::system::system_error&) {
        // The peer has gone or the server stops: how streams end.
    } catch (const std::exception& error) {
        log::error("stream failed", {{"error", error.what()}});
    }
    co_await asio::this_coro::reset_cancellation_state();
    gone_ = true;
    transport_->cancel();
}

void Session::watch_peer() {
    auto then = [self = shared_from_this()](boost::system::error_code failed, std::size_t) {
        if (self->gone_) return;
        if (!failed) {
            self->watch_peer();
            return;
        }
        self->gone_ = true;
        self->signal_.emit(asio::cancellation_type::terminal);
    };
    transport_->read_beside(asio::buffer(beside_), then);
}

/// Closing with unread bytes would reset the connection and take the answer from the peer's hands. A time and no number of bytes
/// bounds it: who sends a large body reads the answer after the last byte.
Task<> Session::linger() {
    enter(Phase::lingering, seconds(2));
    in_.resize(read_size);
    while (true) {
        auto [failed, size] = co_await transport_->read_some(asio::buffer(in_));
        if (failed) break;
    }
}

} // namespace doorstep::http
