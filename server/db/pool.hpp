#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "db/connection.hpp"

namespace doorstep::db {

class Pool;

/// An exclusive connection on loan. Whoever lets go of it in whatever state: the pool sees to it that nobody inherits that.
class Lease {
public:
    Lease() = default;
    Lease(std::shared_ptr<Pool> pool, std::shared_ptr<Connection> connection);
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) noexcept;
    ~Lease();

    explicit operator bool() const { return connection_ != nullptr; }
    const std::shared_ptr<Connection>& connection() const { return connection_; }
    Connection* operator->() const { return connection_.get(); }
    void give_back();

private:
    std::shared_ptr<Pool> pool_;
    std::shared_ptr<Connection> connection_;
};

/// The connections of one thread: some shared by pipelining, some lent to one transaction each. Opened on demand; while the
/// server is away, callers wait for the next attempt, but not for long.
class Pool : public std::enable_shared_from_this<Pool> {
public:
    Pool(boost::asio::io_context& io, Options options);

    /// The least busy shared connection, or nullptr where none stands.
    std::shared_ptr<Connection> ready_shared();
    /// A way round a statement that takes long on `chosen`: an exclusive connection, if there is one to spare.
    Lease way_round(const Connection& chosen);
    /// The same as ready_shared(), waiting for one. Throws Error 503 `store_unavailable`.
    Task<std::shared_ptr<Connection>> shared();
    /// First come, first served. Throws Error 503 `busy` or `store_unavailable`.
    Task<Lease> exclusive();
    /// Refuses new work; what runs may finish.
    void close();
    /// Ends what runs, too.
    void abort();

    PoolCounters counters() const;
    boost::asio::io_context& io() { return io_; }
    /// A moment between `least` and twice that.
    std::chrono::milliseconds jitter(std::chrono::milliseconds least);

private:
    friend class Lease;
    enum Kind { for_shared, for_exclusive };
    struct Waiter {
        explicit Waiter(boost::asio::io_context& io) : timer(io) {}
        boost::asio::steady_timer timer;
        bool served = false;
        std::shared_ptr<Connection> connection;
        Lease lease;
    };
    using Waiters = std::list<std::weak_ptr<Waiter>>;

    Lease lend_idle();
    Task<std::shared_ptr<Waiter>> wait_for(Kind kind);
    std::shared_ptr<Waiter> next_waiter(Kind kind);
    void open(Kind kind);
    void opened(Kind kind, const std::shared_ptr<Connection>& connection, const std::optional<std::string>& problem);
    void hand_out(std::shared_ptr<Connection> connection);
    void take_back(std::shared_ptr<Connection> connection);
    void wash(const std::shared_ptr<Connection>& connection);
    void forget(const Connection* connection);
    void make_room_for_waiters();
    std::size_t exclusive_connections() const { return idle_.size() + lent_.size() + opening_[for_exclusive]; }

    boost::asio::io_context& io_;
    Options options_;
    ConnectionSettings settings_;
    bool closed_ = false;
    std::vector<std::shared_ptr<Connection>> shared_;
    std::vector<std::shared_ptr<Connection>> idle_;
    std::vector<std::weak_ptr<Connection>> lent_; ///< and those being washed
    std::vector<std::shared_ptr<Connection>> connecting_;
    Waiters waiters_[2];
    std::size_t opening_[2] = {0, 0};
    int failures_ = 0;
    std::chrono::steady_clock::time_point not_before_;
    std::uint64_t reconnects_ = 0;
    std::minstd_rand random_;
};

} // namespace doorstep::db
