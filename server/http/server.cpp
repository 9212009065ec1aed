#include "http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/log.hpp"
#include "http/problem.hpp"
#include "http/session.hpp"
#include "http/wire.hpp"

namespace doorstep::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds sweep_interval{250};

asio::ip::address address_of(const std::string& host) {
    if (host.empty() || host == "*") return asio::ip::address_v4::any();
    if (host == "localhost") return asio::ip::address_v4::loopback();
    return asio::ip::make_address(host);
}

void log_end(std::exception_ptr problem) {
    if (!problem) return;
    try {
        std::rethrow_exception(problem);
    } catch (const std::exception& error) {
        log::error("connection failed", {{"error", error.what()}});
    }
}

} // namespace

struct Server::Impl {
    /// What the coroutines hold, which may outlive the Server by a few steps of the io_context.
    struct Core : std::enable_shared_from_this<Core> {
        Core(
            asio::io_context& context, ServerOptions options, const Clock& clock, const Router& router,
            Authenticator& authenticator, db::Database& database
        )
            : io(context),
              acceptor(context),
              sweeper(context),
              shared(std::make_shared<Shared>(std::move(options), clock, router, authenticator, database)) {}

        void listen();
        void open_port();
        Task<> accept();
        Task<> sweep();
        void welcome(tcp::socket socket);
        void close();

        asio::io_context& io;
        tcp::acceptor acceptor;
        asio::steady_timer sweeper;
        std::shared_ptr<Shared> shared;
        TransportFactory make_transport;
    };

    std::shared_ptr<Core> core;
};

void Server::Impl::Core::listen() {
    auto& options = shared->options;
    make_transport = options.certificate_file.empty() ? plain_transport()
                                                      : tls_transport(options.certificate_file, options.private_key_file);
    try {
        open_port();
    } catch (const boost::system::system_error& error) {
        throw std::system_error(error.code(), "can't listen on " + options.host + " port " + std::to_string(options.port));
    }
    asio::co_spawn(io, [self = shared_from_this()] { return self->accept(); }, log_end);
    asio::co_spawn(io, [self = shared_from_this()] { return self->sweep(); }, log_end);
}

void Server::Impl::Core::open_port() {
    auto& options = shared->options;
    tcp::endpoint endpoint(address_of(options.host), options.port);
    auto bind = [&](bool share) {
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
        acceptor.set_option(ReusePort(share));
        acceptor.bind(endpoint);
    };
    // Sharing would let a second process of the same user take half of our connections, so the first of ours makes sure that
    // it is the first of all.
    if (!options.joins && options.port != 0) {
        bind(false);
        acceptor.close();
    }
    bind(true);
    acceptor.listen(4096);
}

Task<> Server::Impl::Core::accept() {
    auto self = shared_from_this();
    while (acceptor.is_open()) {
        auto [failed, socket] = co_await acceptor.async_accept(as_result);
        if (!failed) {
            welcome(std::move(socket));
            continue;
        }
        if (failed == asio::error::operation_aborted || !acceptor.is_open()) break;
        // Out of descriptors, most likely: they come back as connections end.
        log::warn("accept failed", {{"error", failed.message()}});
        asio::steady_timer pause(io, std::chrono::milliseconds(50));
        co_await pause.async_wait(as_result);
    }
}

void Server::Impl::Core::welcome(tcp::socket socket) {
    boost::system::error_code failed;
    auto peer = socket.remote_endpoint(failed).address();
    if (failed) return;
    socket.set_option(tcp::no_delay(true), failed);
    if (shared->sessions.size() >= shared->options.max_connections) {
        if (shared->options.certificate_file.empty()) {
            auto busy =
                shared->pipeline.refuse(unavailable("too_many_connections", "The server is busy. Try again in a moment."));
            busy.headers.add("Retry-After", "2");
            std::string bytes;
            append_head(bytes, busy, false, false);
            bytes += busy.body;
            socket.non_blocking(true, failed);
            socket.write_some(asio::buffer(bytes), failed);
        }
        return;
    }
    if (peer.is_v6() && peer.to_v6().is_v4_mapped()) peer = asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6());
    auto session = std::make_shared<Session>(shared, make_transport(std::move(socket)), peer.to_string());
    auto& signal = session->signal();
    asio::co_spawn(io, session->run(), asio::bind_cancellation_slot(signal.slot(), [session](std::exception_ptr problem) {
                       log_end(problem);
                   }));
}

Task<> Server::Impl::Core::sweep() {
    auto self = shared_from_this();
    while (acceptor.is_open() || !shared->sessions.empty()) {
        sweeper.expires_after(sweep_interval);
        co_await sweeper.async_wait(as_result);
        auto now = std::chrono::steady_clock::now();
        // A session may end, and leave the list, while it is told.
        for (auto next = shared->sessions.begin(); next != shared->sessions.end();) (*next++)->sweep(now);
    }
}

void Server::Impl::Core::close() {
    boost::system::error_code ignored;
    acceptor.close(ignored);
    shared->stopping = true;
    for (auto next = shared->sessions.begin(); next != shared->sessions.end();) (*next++)->stop();
}

Server::Server(
    asio::io_context& io, ServerOptions options, const Clock& clock, const Router& router, Authenticator& authenticator,
    db::Database& database
)
    : impl_(std::make_unique<Impl>()) {
    router.check();
    impl_->core = std::make_shared<Impl::Core>(io, std::move(options), clock, router, authenticator, database);
}

Server::~Server() {
    auto& core = *impl_->core;
    core.close();
    for (auto next = core.shared->sessions.begin(); next != core.shared->sessions.end();) (*next++)->abandon();
    core.sweeper.cancel();
}

void Server::listen() {
    impl_->core->listen();
}

unsigned short Server::port() const {
    return impl_->core->acceptor.local_endpoint().port();
}

Task<Response> Server::answer(Request request) {
    auto& pipeline = impl_->core->shared->pipeline;
    if (request.path.empty()) {
        auto refusal = read_target(request.target, request);
        if (refusal)
            co_return pipeline.refuse(Error(refusal->status, std::string(refusal->code), std::string(refusal->detail)));
    }
    if (request.client_ip.empty()) request.client_ip = "127.0.0.1";
    auto match = pipeline.match(request);
    auto response = co_await pipeline.answer(request, match);
    add_security_headers(response, request.secure);
    if (request.method == "HEAD") response.body.clear();
    co_return response;
}

Task<> Server::stop(std::chrono::steady_clock::duration grace) {
    auto core = impl_->core;
    core->close();
    asio::steady_timer timer(core->io);
    auto wait_until_empty = [&](std::chrono::steady_clock::duration at_most) -> Task<> {
        if (core->shared->sessions.empty()) co_return;
        timer.expires_after(at_most);
        core->shared->on_empty = [&timer] { timer.cancel(); };
        co_await timer.async_wait(as_result);
        core->shared->on_empty = nullptr;
    };
    co_await wait_until_empty(grace);
    for (auto next = core->shared->sessions.begin(); next != core->shared->sessions.end();) (*next++)->abandon();
    co_await wait_until_empty(std::chrono::seconds(1));
    core->sweeper.cancel();
}

} // namespace doorstep::http
