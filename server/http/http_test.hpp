#pragma once

// A server on a thread of its own with a small router, and a client that writes raw bytes: what the tests of this folder share.

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <string>
#include <thread>

#include "core/log.hpp"
#include "http/server.hpp"

namespace doorstep::http::testing {

/// Bytes to a port of this machine and back, blocking, with a limit on every wait.
class RawClient {
public:
    explicit RawClient(unsigned short port, const char* from = "127.0.0.1") {
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in source{};
        source.sin_family = AF_INET;
        inet_pton(AF_INET, from, &source.sin_addr);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&source), sizeof source);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(std::size_t(sent));
        }
    }

    /// False at the end of the connection, or after `wait`.
    bool receive(std::chrono::milliseconds wait = std::chrono::seconds(5)) {
        pollfd waiting{socket_, POLLIN, 0};
        if (::poll(&waiting, 1, int(wait.count())) <= 0) return false;
        char buffer[16 * 1024];
        auto got = ::recv(socket_, buffer, sizeof buffer, 0);
        if (got <= 0) {
            closed = true;
            return false;
        }
        received.append(buffer, std::size_t(got));
        return true;
    }

    /// Waits for the peer to close; false if it has not within `wait`.
    bool wait_closed(std::chrono::milliseconds wait = std::chrono::seconds(5)) {
        while (receive(wait)) {}
        return closed;
    }

    struct Answer {
        int status = 0;
        std::string head;
        std::string body;

        std::string header(std::string_view name) const {
            for (std::size_t at = head.find("\r\n"); at != head.npos && at + 2 < head.size(); at = head.find("\r\n", at + 2)) {
                auto line = std::string_view(head).substr(at + 2);
                line = line.substr(0, line.find("\r\n"));
                if (line.size() > name.size() && line[name.size()] == ':' &&
                    strncasecmp(line.data(), name.data(), name.size()) == 0)
                    return std::string(line.substr(name.size() + 2));
            }
            return {};
        }
    };

    /// The next answer; status 0 if none comes. `bodiless`: of a HEAD request.
    Answer answer(bool bodiless = false) {
        Answer answer;
        std::size_t end = 0;
        while ((end = received.find("\r\n\r\n")) == received.npos) {
            if (!receive()) return answer;
        }
        answer.head = received.substr(0, end + 2);
        answer.status = std::stoi(answer.head.substr(9, 3));
        received.erase(0, end + 4);
        auto length = answer.header("Content-Length");
        std::size_t size = length.empty() || bodiless ? 0 : std::stoul(length);
        while (received.size() < size) {
            if (!receive()) return {};
        }
        answer.body = received.substr(0, size);
        received.erase(0, size);
        return answer;
    }

    Answer ask(std::string_view bytes) {
        send(bytes);
        return answer(bytes.starts_with("HEAD"));
    }

    std::string received;
    bool closed = false;

private:
    int socket_;
};

/// Knows one session by cookie ("session=s1"), one key by "Authorization: Bearer k1" and, once `revoked`, that both are dead.
class TestAuthenticator final : public Authenticator {
public:
    Task<Principal> authenticate(Context& ctx) override {
        Principal principal;
        if (auto authorization = ctx.request->header("Authorization")) {
            if (*authorization != "Bearer k1") throw unauthorized();
            principal.kind = Principal::Kind::api_key;
            principal.scopes = {"things:read", "things:write"};
            principal.credential = std::string(64, 'a');
        } else if (auto session = ctx.request->cookie("session")) {
            if (*session != "s1") throw unauthorized();
            principal.kind = Principal::Kind::session;
            principal.scopes = {"*"};
            principal.role = "agent";
            principal.credential = std::string(64, 'b');
            principal.csrf_token = "c1";
        } else {
            co_return principal;
        }
        principal.account_id = *Uuid::parse("018f0000-0000-7000-8000-000000000001");
        principal.user_id = *Uuid::parse("018f0000-0000-7000-8000-000000000002");
        co_return principal;
    }

    Task<> confirm(Context&) override {
        ++confirmed;
        if (revoked) throw unauthorized();
        co_return;
    }
    Task<> note_act(db::Session&, const Context&, const std::string&) override { co_return; }

    std::atomic<bool> revoked = false;
    std::atomic<int> confirmed = 0;
};

/// Runs `routes` on a port of its own until the end of its life.
class TestServer {
public:
    explicit TestServer(const std::function<void(Router&)>& routes, ServerOptions options = {}, db::Options store = {})
        : database(io, std::move(store)) {
        log::set_level(log::Level::error);
        options.port = 0;
        if (options.rate_per_second == ServerOptions{}.rate_per_second) options.rate_per_second = 0;
        routes(router);
        server.emplace(io, options, clock, router, authenticator, database);
        server->listen();
        port = server->port();
        thread_ = std::thread([this] { io.run(); });
    }
    ~TestServer() {
        if (!stopped) stop(std::chrono::seconds(2));
        database.close();
        io.stop();
        thread_.join();
        server.reset();
    }

    void stop(std::chrono::milliseconds grace) {
        stopped = true;
        boost::asio::co_spawn(io, server->stop(grace), boost::asio::use_future).get();
    }

    /// Runs a coroutine on the server's thread.
    template <class T>
    T run(Task<T> task) {
        return boost::asio::co_spawn(io, std::move(task), boost::asio::use_future).get();
    }

    Response answer(Request request) { return run(server->answer(std::move(request))); }

    boost::asio::io_context io{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy{io.get_executor()};
    Clock clock;
    Router router;
    TestAuthenticator authenticator;
    db::Database database;
    std::optional<Server> server;
    unsigned short port = 0;
    bool stopped = false;

private:
    std::thread thread_;
};

} // namespace doorstep::http::testing
