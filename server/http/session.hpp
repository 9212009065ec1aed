#pragma once

#include <boost/asio/cancellation_signal.hpp>

#include <array>
#include <chrono>
#include <list>
#include <memory>
#include <string>

#include "http/gate.hpp"
#include "http/pipeline.hpp"
#include "http/transport.hpp"

namespace doorstep::http {

class Session;

/// What the sessions of one server share.
struct Shared {
    Shared(ServerOptions given, const Clock& clock, const Router& router, Authenticator& authenticator, db::Database& database)
        : options(std::move(given)), pipeline(options, clock, router, authenticator, database) {}

    ServerOptions options;
    Pipeline pipeline;
    std::list<Session*> sessions;
    bool stopping = false;
    /// Announced or received by bodies that are worth counting.
    std::size_t body_bytes = 0;
    /// Called when the last session of a stopping server has ended.
    std::function<void()> on_empty;
};

/// One connection: reads requests, has them answered, writes the answers in order, until either side ends it.
class Session final : public Stream, public std::enable_shared_from_this<Session> {
public:
    Session(std::shared_ptr<Shared> shared, std::unique_ptr<Transport> transport, std::string peer);
    ~Session() override;

    Task<> run();

    /// Called now and then: ends what takes too long.
    void sweep(std::chrono::steady_clock::time_point now);
    /// The server stops: connections between requests end now, others after their answer, streams at once.
    void stop();
    /// The server's grace is over.
    void abandon();
    /// Cancels the session's coroutine where it waits; bound when it is spawned.
    boost::asio::cancellation_signal& signal() { return signal_; }

    // Stream
    Task<> send(std::string_view bytes) override;
    bool open() const override { return !gone_ && !shared_->stopping; }

private:
    enum class Phase { handshake, idle, head, body, handling, writing, streaming, lingering };
    enum class Read { ok, closed, refused };

    void enter(Phase phase, std::chrono::steady_clock::duration allowed);
    std::string_view unread() const { return std::string_view(in_).substr(read_); }
    void consume(std::size_t bytes);
    bool reserve_body(std::size_t bytes);
    void release_body();

    Task<Read> read_head(Head& head);
    Task<Read> read_body(Head& head, const Route* route);
    Task<Read> read_sized(Head& head);
    Task<Read> read_chunked(Head& head, std::size_t limit);
    Task<boost::system::error_code> read_more();
    Read refuse(const Refusal& refusal);
    void append(const Response& response, bool keep_alive, bool head_only);
    Task<bool> flush(std::string_view tail = {});
    Task<> stream(Response& response);
    Task<> linger();
    void watch_peer();

    std::shared_ptr<Shared> shared_;
    std::list<Session*>::iterator place_;
    std::unique_ptr<Transport> transport_;
    boost::asio::cancellation_signal signal_;
    std::string peer_;
    std::string in_; ///< bytes that came, from read_ on not yet used
    std::size_t read_ = 0;
    std::string out_; ///< bytes to be sent
    std::chrono::steady_clock::time_point deadline_;
    Phase phase_ = Phase::handshake;
    std::size_t reserved_ = 0; ///< our part of Shared::body_bytes
    bool expired_ = false;
    bool gone_ = false;
    bool secure_ = false;         ///< of the request being answered
    std::array<char, 64> beside_; ///< what a peer sends during a stream
};

} // namespace doorstep::http
