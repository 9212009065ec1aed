#include "test/support/raw_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "core/text.hpp"

namespace doorstep::test {
namespace {

std::size_t content_length(std::string_view head) {
    auto lower = to_lower_ascii(head);
    auto at = lower.find("\r\ncontent-length:");
    return at == lower.npos ? 0 : std::stoul(lower.substr(at + 17));
}

} // namespace

bool RawConnection::wait_readable() {
    pollfd entry{fd_, POLLIN, 0};
    while (!stopping_) {
        if (::poll(&entry, 1, 20) > 0) return true;
    }
    return false;
}

std::string RawConnection::read_request() {
    auto whole = [this]() -> std::size_t {
        auto end = buffer_.find("\r\n\r\n");
        if (end == buffer_.npos) return 0;
        auto size = end + 4 + content_length(std::string_view(buffer_).substr(0, end));
        return buffer_.size() >= size ? size : 0;
    };
    while (whole() == 0) {
        char chunk[16 * 1024];
        if (!wait_readable()) return {};
        auto size = ::recv(fd_, chunk, sizeof chunk, 0);
        if (size <= 0) return {};
        buffer_.append(chunk, std::size_t(size));
    }
    auto request = buffer_.substr(0, whole());
    buffer_.erase(0, request.size());
    return request;
}

void RawConnection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        auto size = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) return;
        bytes.remove_prefix(std::size_t(size));
    }
}

void RawConnection::answer(int status, std::string_view body, std::string_view header_lines) {
    auto length = std::to_string(body.size());
    write(
        "HTTP/1.1 " + std::to_string(status) + " X\r\n" + std::string(header_lines) + "Content-Length: " + length + "\r\n\r\n" +
        std::string(body)
    );
}

void RawConnection::hang() {
    char chunk[1024];
    while (wait_readable() && ::recv(fd_, chunk, sizeof chunk, 0) > 0) {}
}

void RawConnection::reset() {
    linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

RawServer::RawServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("no loopback port for a test server");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_loop(); });
}

RawServer::~RawServer() {
    stopping_ = true;
    acceptor_.join();
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
}

std::string RawServer::url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

void RawServer::accept_loop() {
    pollfd entry{listener_, POLLIN, 0};
    while (!stopping_) {
        if (::poll(&entry, 1, 20) <= 0) continue;
        auto fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) continue;
        ++connections_;
        threads_.emplace_back([this, fd] {
            RawConnection connection(fd, stopping_);
            handler_(connection);
            ::close(fd);
        });
    }
}

HttpDouble::HttpDouble(std::function<Answer(const Seen&)> answer)
    : answer_(std::move(answer)), server_([this](RawConnection& connection) { serve(connection); }) {}

std::vector<HttpDouble::Seen> HttpDouble::seen() const {
    std::lock_guard lock(mutex_);
    return seen_;
}

void HttpDouble::serve(RawConnection& connection) {
    while (true) {
        auto request = connection.read_request();
        if (request.empty()) return;
        auto end = request.find("\r\n\r\n");
        Seen seen{request.substr(0, request.find("\r\n")), request.substr(0, end + 2), request.substr(end + 4)};
        Answer answer;
        {
            std::lock_guard lock(mutex_);
            seen_.push_back(seen);
            answer = answer_(seen);
        }
        if (answer.hang) return connection.hang();
        if (answer.drop) return;
        connection.answer(answer.status, answer.body, answer.header_lines);
    }
}

} // namespace doorstep::test
