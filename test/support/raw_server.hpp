#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace doorstep::test {

/// One accepted connection of a RawServer, on a thread of its own.
class RawConnection {
public:
    explicit RawConnection(int fd, const std::atomic<bool>& stopping) : fd_(fd), stopping_(stopping) {}

    /// The next HTTP request, head and body as they came; empty once the peer has gone.
    std::string read_request();
    void write(std::string_view bytes);
    /// "HTTP/1.1 <status> X", the header lines (each with its line break), Content-Length and the body.
    void answer(int status, std::string_view body, std::string_view header_lines = {});
    /// Says nothing until the peer goes or the server stops.
    void hang();
    /// Ends the connection with a TCP reset instead of an orderly end.
    void reset();

private:
    bool wait_readable();

    int fd_;
    const std::atomic<bool>& stopping_;
    std::string buffer_;
};

/// A real server on a loopback port that behaves as badly as a test asks it to.
class RawServer {
public:
    using Handler = std::function<void(RawConnection&)>;

    explicit RawServer(Handler handler);
    ~RawServer();

    unsigned short port() const { return port_; }
    std::string url(std::string_view path = "/") const;
    int connections() const { return connections_; }

private:
    void accept_loop();

    Handler handler_;
    int listener_ = -1;
    unsigned short port_ = 0;
    std::atomic<bool> stopping_{false};
    std::atomic<int> connections_{0};
    std::mutex mutex_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

/// A RawServer that speaks HTTP: answers each request by a function and keeps what it was asked.
class HttpDouble {
public:
    struct Answer {
        int status = 200;
        std::string body;
        std::string header_lines;
        bool drop = false; ///< closes the connection instead of answering
        bool hang = false; ///< never answers
    };
    struct Seen {
        std::string start_line;
        std::string head;
        std::string body;
    };

    explicit HttpDouble(std::function<Answer(const Seen&)> answer);

    std::string url(std::string_view path = "") const { return server_.url(path); }
    std::vector<Seen> seen() const;

private:
    void serve(RawConnection& connection);

    std::function<Answer(const Seen&)> answer_;
    mutable std::mutex mutex_;
    std::vector<Seen> seen_;
    RawServer server_;
};

} // namespace doorstep::test
