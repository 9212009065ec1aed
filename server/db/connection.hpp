#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

struct pg_conn;
struct pg_result;

namespace doorstep::db {

/// Statements that share a round trip and, outside a transaction, their fate: what PostgreSQL sees between two Syncs.
struct Segment {
    enum class Lost {
        no,
        never_run,   ///< the connection went before the server came to it
        rolled_back, ///< the server ended the connection over it
        unknown      ///< the connection went before the answer came
    };

    using Handler = boost::asio::async_result<boost::asio::use_awaitable_t<>, void(boost::system::error_code)>::handler_type;
    struct Step {
        const Query* query;
        enum Kind : std::uint8_t { parse, run, run_and_keep } kind;
        std::uint16_t generation;
    };

    /// Waits for the answer. A coroutine that is cancelled meanwhile leaves; the connection reads on without it.
    Task<> finished(boost::asio::io_context& io);

    std::vector<Rows> results; ///< those that were to be kept, in order
    std::optional<Failure> failure;
    Lost lost = Lost::no;
    std::string last_tag; ///< of the last statement, only for COMMIT's sake: ROLLBACK is how PostgreSQL says no
    /// Instead of a waiting coroutine.
    std::function<void()> on_done;

private:
    friend class Connection;
    void complete(boost::asio::io_context& io);

    std::vector<Step> steps_;
    std::size_t step_ = 0;
    bool has_result_ = false;
    bool done_ = false;
    bool undone_ = false;
    std::chrono::steady_clock::time_point sent_;
    std::optional<Handler> handler_;
};

struct ConnectionSettings {
    std::string conninfo;
    std::string role;
    std::chrono::milliseconds statement_timeout{0}; ///< 0: none
    const Query* enter = nullptr;                   ///< see Options; a NULL from it becomes a failure of `live_credential`
};

/// One PGconn in pipeline mode on one thread's io_context; nothing here blocks but the resolving of a host's name. All of
/// libpq's asynchronous interface is behind this class.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(boost::asio::io_context& io, const ConnectionSettings& settings);
    ~Connection();

    /// `done` gets nothing, or why it did not work. Once.
    void connect(std::chrono::steady_clock::duration timeout, std::function<void(std::optional<std::string>)> done);
    /// Fails what is in flight and ends the connection.
    void close();
    void close_when_idle();

    bool usable() const { return ready_; }
    /// Nothing in flight and no transaction open.
    bool clean() const;
    std::size_t in_flight() const { return in_flight_.size(); }
    /// Since when the segment at the head has had the server to itself.
    std::chrono::steady_clock::time_point head_since() const { return head_since_; }

    std::shared_ptr<Segment> begin() const { return std::make_shared<Segment>(); }
    /// Has the statement parsed where this connection does not know it yet. Ahead of what may fail, so that the others who
    /// count on it are not disappointed.
    void prepare(Segment& segment, const Query& query);
    /// Throws Failure for a parameter that PostgreSQL can't hold; the segment is then to be dropped. `keep`: its rows are wanted.
    void add(Segment& segment, const Query& query, std::span<const Param> params, bool keep = false);
    /// A statement that is never prepared; `label` names it.
    void add_text(Segment& segment, const Query& label, const std::string& sql);
    void send(const std::shared_ptr<Segment>& segment);

    static void require_sendable(const Query& query, std::span<const Param> params);

    std::function<void()> on_lost;
    std::function<void(std::string_view channel, std::string_view payload)> on_notify;

private:
    enum class Known : std::uint8_t { no, asked, yes };
    struct Prepared {
        Known known = Known::no;
        std::uint16_t generation = 0; ///< a statement whose plan has died keeps its name, so the next one gets another
    };

    void poll_connect();
    void connected(std::optional<std::string> problem);
    void watch_reads();
    void watch_writes();
    void flush();
    void read_results();
    /// Whether it lives on, as far as is known.
    bool take_results(bool alive);
    void lose_after_results();
    void take(pg_result* result);
    bool has_died_unnoticed() const;
    void parsed(const Segment::Step& step, Known known);
    void refuse(Segment& segment, const Query& query);
    void failed(Segment& segment, const pg_result* result);
    void noticed(const pg_result* result);
    void finish_head();
    void lose();
    std::string problem() const;
    Prepared& prepared(const Query& query);
    const char* statement_name(const Query& query, const Prepared& prepared);

    boost::asio::io_context& io_;
    ConnectionSettings settings_;
    pg_conn* conn_ = nullptr;
    boost::asio::posix::stream_descriptor socket_;
    boost::asio::steady_timer connect_timer_;
    std::function<void(std::optional<std::string>)> on_connected_;
    bool ready_ = false;
    bool writing_ = false;
    bool closing_ = false;
    bool said_goodbye_ = false; ///< the server announced its end: what it has not answered it has not done
    bool sync_dropped_ = false; ///< libpq threw the answer to a Sync away
    std::deque<std::shared_ptr<Segment>> in_flight_;
    std::chrono::steady_clock::time_point head_since_;
    std::vector<Prepared> prepared_;
    std::vector<const char*> values_; // scratch
    std::string name_;                // scratch
};

} // namespace doorstep::db
