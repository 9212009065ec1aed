#include "providers/weasyprint/worker.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <optional>
#include <system_error>

#include "core/embedded.hpp"

namespace doorstep::providers {

namespace {

using Outcome = WeasyPrintWorker::Outcome;
using Deadline = WeasyPrintWorker::Deadline;

constexpr std::size_t head_size = 5;
constexpr std::size_t longest_answer = 64 << 20;

/// Nothing once there is something to do.
std::optional<Outcome> wait_for(int socket, short what, Deadline deadline) {
    for (;;) {
        auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) return Outcome::late;
        pollfd waiting{socket, what, 0};
        int ready = ::poll(&waiting, 1, int(left));
        if (ready > 0) return std::nullopt;
        if (ready < 0 && errno != EINTR) return Outcome::dead;
    }
}

bool passing() {
    return errno == EINTR || errno == EAGAIN;
}

std::optional<Outcome> send_all(int socket, std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        if (auto fault = wait_for(socket, POLLOUT, deadline)) return fault;
        auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0)
            bytes.remove_prefix(std::size_t(sent));
        else if (!passing())
            return Outcome::dead;
    }
    return std::nullopt;
}

std::optional<Outcome> receive_all(int socket, std::string& bytes, std::size_t count, Deadline deadline) {
    bytes.clear();
    std::array<char, 65'536> buffer;
    while (bytes.size() < count) {
        if (auto fault = wait_for(socket, POLLIN, deadline)) return fault;
        auto got = ::recv(socket, buffer.data(), std::min(buffer.size(), count - bytes.size()), MSG_DONTWAIT);
        if (got > 0)
            bytes.append(buffer.data(), std::size_t(got));
        else if (got == 0 || !passing())
            return Outcome::dead;
    }
    return std::nullopt;
}

std::string as_length(std::size_t size) {
    std::string text;
    for (int shift : {24, 16, 8, 0}) text += char(size >> shift & 0xff);
    return text;
}

std::size_t read_length(std::string_view text) {
    std::size_t size = 0;
    for (char c : text) size = size << 8 | static_cast<unsigned char>(c);
    return size;
}

/// With nothing of ours but the socket: neither files nor the environment, where secrets are.
int start(const std::string& python, int socket, pid_t& process) {
    std::string script(embedded_data("weasyprint.py").value());
    std::array<std::string, 4> words{python, "-I", "-c", script};
    std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    std::array<std::string, 3> settings{"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/nonexistent"};
    std::array<char*, 4> environment{settings[0].data(), settings[1].data(), settings[2].data(), nullptr};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, socket, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    int fault = ::posix_spawn(&process, python.c_str(), &files, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&files);
    return fault;
}

} // namespace

WeasyPrintWorker::WeasyPrintWorker(const std::string& python) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "socketpair");
    int fault = start(python, ends[1], process_);
    ::close(ends[1]);
    socket_ = ends[0];
    if (fault == 0) return;
    ::close(socket_);
    throw std::system_error(fault, std::generic_category(), python);
}

WeasyPrintWorker::~WeasyPrintWorker() {
    ::close(socket_);
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {}
}

WeasyPrintWorker::Answer WeasyPrintWorker::receive(Deadline deadline) {
    std::string head;
    if (auto fault = receive_all(socket_, head, head_size, deadline)) return {*fault, {}};
    auto size = read_length(std::string_view(head).substr(1));
    if (size > longest_answer) return {Outcome::dead, {}};
    std::string text;
    if (auto fault = receive_all(socket_, text, size, deadline)) return {*fault, {}};
    return {head.front() == 'E' ? Outcome::refused : Outcome::made, std::move(text)};
}

WeasyPrintWorker::Answer WeasyPrintWorker::render(std::string_view html, Deadline deadline) {
    if (!ready_) {
        auto greeting = receive(deadline);
        if (greeting.outcome != Outcome::made) return greeting;
        ready_ = true;
    }
    ++documents_;
    if (auto fault = send_all(socket_, as_length(html.size()), deadline)) return {*fault, {}};
    if (auto fault = send_all(socket_, html, deadline)) return {*fault, {}};
    return receive(deadline);
}

} // namespace doorstep::providers
