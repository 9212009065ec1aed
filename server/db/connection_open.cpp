// How a connection begins and ends.

#include <libpq-fe.h>

#include <boost/asio/post.hpp>
#include <cstring>
#include <utility>

#include "db/connection.hpp"

namespace doorstep::db {

std::string Connection::problem() const {
    std::string text = conn_ ? PQerrorMessage(conn_) : "out of memory";
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

void Connection::lose() {
    close();
    // Posted: whoever is told may let go of the connection that is still at work further up.
    if (on_lost) boost::asio::post(io_, std::exchange(on_lost, nullptr));
}

void Connection::close_when_idle() {
    closing_ = true;
    if (in_flight_.empty()) close();
}

void Connection::close() {
    ready_ = false;
    connect_timer_.cancel();
    if (socket_.is_open()) socket_.release(); // libpq closes it
    if (conn_) PQfinish(std::exchange(conn_, nullptr));
    bool head = true;
    for (auto& segment : std::exchange(in_flight_, {})) {
        segment->lost = segment->undone_         ? Segment::Lost::rolled_back
                        : said_goodbye_ && !head ? Segment::Lost::never_run
                                                 : Segment::Lost::unknown;
        segment->complete(io_);
        head = false;
    }
    if (on_connected_) connected("closed");
}

void Connection::connect(std::chrono::steady_clock::duration timeout, std::function<void(std::optional<std::string>)> done) {
    on_connected_ = std::move(done);
    std::string options = "-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601 -c client_min_messages=warning"
                          " -c idle_in_transaction_session_timeout=60s -c client_connection_check_interval=1s";
    options += " -c statement_timeout=" + std::to_string(settings_.statement_timeout.count());
    if (!settings_.role.empty()) options += " -c role=" + settings_.role;

    char* complaint = nullptr;
    auto* parsed = PQconninfoParse(settings_.conninfo.c_str(), &complaint);
    for (auto* option = parsed; option && option->keyword; ++option) {
        if (option->val && !std::strcmp(option->keyword, "options")) options = std::string(option->val) + " " + options;
    }
    PQconninfoFree(parsed);
    PQfreemem(complaint); // PQconnectStartParams says it again

    // What stands before the conninfo gives way to it, what stands after prevails.
    const char* keys[] = {
        "fallback_application_name",
        "keepalives_idle",
        "keepalives_interval",
        "tcp_user_timeout",
        "dbname",
        "options",
        "client_encoding",
        nullptr
    };
    const char* values[] = {"doorstep", "30", "10", "20000", settings_.conninfo.c_str(), options.c_str(), "UTF8", nullptr};
    conn_ = PQconnectStartParams(keys, values, 1);
    if (!conn_ || PQstatus(conn_) == CONNECTION_BAD) {
        boost::asio::post(io_, [self = shared_from_this()] { self->connected(self->problem()); });
        return;
    }
    PQsetNoticeReceiver(
        conn_, [](void* self, const PGresult* result) { static_cast<Connection*>(self)->noticed(result); }, this
    );
    connect_timer_.expires_after(timeout);
    connect_timer_.async_wait([weak = weak_from_this()](auto error) {
        auto self = weak.lock();
        if (!error && self && self->on_connected_) self->connected("no answer in time");
    });
    poll_connect();
}

void Connection::poll_connect() {
    // libpq may change sockets between the steps (several hosts, TLS refused), hence the new descriptor each time.
    auto state = PGRES_POLLING_WRITING;
    if (socket_.is_open()) {
        socket_.release();
        state = PQconnectPoll(conn_);
    }
    if (state == PGRES_POLLING_FAILED) return connected(problem());
    boost::system::error_code error;
    socket_.assign(PQsocket(conn_), error);
    if (error) return connected(error.message());
    if (state == PGRES_POLLING_OK) return connected(std::nullopt);
    auto direction = state == PGRES_POLLING_READING ? boost::asio::posix::stream_descriptor::wait_read
                                                    : boost::asio::posix::stream_descriptor::wait_write;
    socket_.async_wait(direction, [weak = weak_from_this()](auto failed) {
        auto self = weak.lock();
        if (self && !failed && self->on_connected_) self->poll_connect();
    });
}

void Connection::connected(std::optional<std::string> problem) {
    if (!on_connected_) return;
    auto done = std::exchange(on_connected_, nullptr);
    connect_timer_.cancel();
    if (!problem && (PQsetnonblocking(conn_, 1) != 0 || !PQenterPipelineMode(conn_))) problem = "no pipeline mode";
    if (problem) {
        close();
    } else {
        ready_ = true;
        watch_reads();
    }
    done(std::move(problem));
}

} // namespace doorstep::db
