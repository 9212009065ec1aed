#include "db/listener.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <random>
#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/log.hpp"
#include "db/connection.hpp"

namespace doorstep::db {

namespace {

using namespace std::chrono_literals;

// LISTEN takes no parameter: this is only the name under which the actual statements count.
const Query listen_sql{"db.listen", "listen doorstep"};
constexpr auto connect_timeout = 4s;

bool is_identifier(std::string_view name) {
    auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.size() < 64 && std::ranges::all_of(name, fits) && (name[0] < '0' || name[0] > '9');
}

} // namespace

struct Listener::Impl : std::enable_shared_from_this<Impl> {
    Impl(boost::asio::io_context& io, std::string conninfo) : io(io), timer(io), random(std::random_device{}()) {
        settings.conninfo = std::move(conninfo);
    }

    void open();
    void opened(const std::optional<std::string>& problem);
    void listening(const Segment& segment);
    void again(std::string_view why);
    void notified(std::string_view channel, std::string_view payload);

    boost::asio::io_context& io;
    ConnectionSettings settings;
    boost::asio::steady_timer timer;
    std::minstd_rand random;
    std::unordered_map<std::string, std::vector<std::function<void(std::string_view)>>> handlers;
    std::vector<std::function<void()>> connected_handlers;
    std::shared_ptr<Connection> connection;
    std::shared_ptr<Segment> asked;
    bool stopped = true;
    bool stands = false;
    int failures = 0;
};

void Listener::Impl::open() {
    connection = std::make_shared<Connection>(io, settings);
    connection->on_notify = [weak = weak_from_this()](std::string_view channel, std::string_view payload) {
        auto self = weak.lock(); // a handler may end the listener
        if (self && !self->stopped) self->notified(channel, payload);
    };
    auto done = [weak = weak_from_this()](std::optional<std::string> problem) {
        auto self = weak.lock();
        if (self && !self->stopped) self->opened(problem);
    };
    connection->connect(connect_timeout, done);
}

void Listener::Impl::opened(const std::optional<std::string>& problem) {
    if (problem) return again(*problem);
    connection->on_lost = [weak = weak_from_this()] {
        auto self = weak.lock();
        if (self && !self->stopped) self->again("the connection was lost");
    };
    auto segment = connection->begin();
    for (const auto& [channel, list] : handlers) connection->add_text(*segment, listen_sql, "listen " + channel);
    asked = segment;
    segment->on_done = [weak = weak_from_this()] {
        auto self = weak.lock();
        if (self && !self->stopped) self->listening(*self->asked);
    };
    connection->send(segment);
}

void Listener::Impl::listening(const Segment& segment) {
    if (segment.lost != Segment::Lost::no) return; // on_lost follows
    if (segment.failure) return again(segment.failure->message);
    failures = 0;
    stands = true;
    for (const auto& handler : connected_handlers) handler();
}

void Listener::Impl::again(std::string_view why) {
    stands = false;
    if (connection) connection->close();
    if (failures++ == 0) log::warn("listening to the database was interrupted", {{"problem", why}});
    auto longest = std::min(50ms * (1 << std::min(failures, 6)), 2000ms);
    timer.expires_after(longest / 2 + longest * int(random() % 100) / 200);
    timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        auto self = weak.lock();
        if (self && !error && !self->stopped) self->open();
    });
}

void Listener::Impl::notified(std::string_view channel, std::string_view payload) {
    auto found = handlers.find(std::string(channel));
    if (found == handlers.end()) return;
    for (const auto& handler : found->second) handler(payload);
}

Listener::Listener(boost::asio::io_context& io, std::string conninfo)
    : impl_(std::make_shared<Impl>(io, std::move(conninfo))) {}

Listener::~Listener() {
    stop();
}

void Listener::on(std::string channel, std::function<void(std::string_view payload)> handler) {
    if (!is_identifier(channel)) throw std::logic_error("not a channel: " + channel);
    impl_->handlers[std::move(channel)].push_back(std::move(handler));
}

void Listener::on_connected(std::function<void()> handler) {
    impl_->connected_handlers.push_back(std::move(handler));
}

void Listener::start() {
    impl_->stopped = false;
    impl_->open();
}

void Listener::stop() {
    impl_->stopped = true;
    impl_->stands = false;
    impl_->timer.cancel();
    if (impl_->connection) impl_->connection->close();
}

bool Listener::connected() const {
    return impl_->stands;
}

} // namespace doorstep::db
