#include "db/pool.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <utility>

#include "core/log.hpp"

namespace doorstep::db {

namespace {

using namespace std::chrono_literals;

const Query rollback_sql{"db.wash", "rollback"};

constexpr auto connect_timeout = 4s;
constexpr auto long_wait = 20ms;  // behind one statement of somebody else's
constexpr auto wash_timeout = 2s; // for what a caller left running
constexpr auto grace = 5s;        // beyond the statement time-out, before a silent connection is given up

} // namespace

Lease::Lease(std::shared_ptr<Pool> pool, std::shared_ptr<Connection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {}

Lease::Lease(Lease&&) noexcept = default;

Lease& Lease::operator=(Lease&& other) noexcept {
    give_back();
    pool_ = std::move(other.pool_);
    connection_ = std::move(other.connection_);
    return *this;
}

Lease::~Lease() {
    give_back();
}

void Lease::give_back() {
    if (connection_) pool_->take_back(std::exchange(connection_, nullptr));
    pool_.reset();
}

Pool::Pool(boost::asio::io_context& io, Options options)
    : io_(io),
      options_(std::move(options)),
      settings_{options_.conninfo, options_.role, options_.statement_timeout, options_.enter},
      random_(std::random_device{}()) {}

std::chrono::milliseconds Pool::jitter(std::chrono::milliseconds least) {
    return least + std::chrono::milliseconds(random_() % std::uint64_t(std::max<std::int64_t>(least.count(), 1)));
}

// --- shared connections -------------------------------------------------------------------------------------------

std::shared_ptr<Connection> Pool::ready_shared() {
    if (closed_) throw unavailable("store_unavailable", "The server is shutting down.");
    if (shared_.size() + opening_[for_shared] < std::max<std::size_t>(options_.shared, 1)) open(for_shared);
    const std::shared_ptr<Connection>* best = nullptr;
    for (const auto& connection : shared_) {
        if (connection->usable() && (!best || connection->in_flight() < (*best)->in_flight())) best = &connection;
    }
    if (!best) return nullptr;
    auto chosen = *best;
    // The server ends a statement in time; if it says nothing at all the network has swallowed it.
    bool silent = options_.statement_timeout > 0ms && chosen->in_flight() > 0 &&
                  std::chrono::steady_clock::now() - chosen->head_since() > options_.statement_timeout + grace;
    if (!silent) return chosen;
    chosen->close();
    forget(chosen.get());
    return ready_shared();
}

Lease Pool::way_round(const Connection& chosen) {
    if (chosen.in_flight() == 0 || std::chrono::steady_clock::now() - chosen.head_since() < long_wait) return Lease();
    auto lease = lend_idle();
    bool one_more = opening_[for_exclusive] == 0 && exclusive_connections() < options_.exclusive;
    if (!lease && one_more) open(for_exclusive); // for the next who comes
    return lease;
}

Task<std::shared_ptr<Connection>> Pool::shared() {
    for (;;) {
        auto connection = ready_shared();
        if (connection) co_return connection;
        auto waiter = co_await wait_for(for_shared);
        if (waiter->connection->usable()) co_return waiter->connection;
    }
}

// --- exclusive connections ----------------------------------------------------------------------------------------

Task<Lease> Pool::exclusive() {
    if (closed_) throw unavailable("store_unavailable", "The server is shutting down.");
    if (auto lease = lend_idle()) co_return lease;
    auto waiting = wait_for(for_exclusive);
    auto waiter = co_await std::move(waiting);
    co_return std::move(waiter->lease);
}

Lease Pool::lend_idle() {
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        if (!connection->usable()) continue;
        lent_.push_back(connection);
        return Lease(shared_from_this(), std::move(connection));
    }
    return Lease();
}

void Pool::hand_out(std::shared_ptr<Connection> connection) {
    if (auto waiter = next_waiter(for_exclusive)) {
        lent_.push_back(connection);
        waiter->lease = Lease(shared_from_this(), std::move(connection));
        waiter->served = true;
        waiter->timer.cancel();
    } else {
        idle_.push_back(std::move(connection));
    }
}

void Pool::take_back(std::shared_ptr<Connection> connection) {
    if (closed_) {
        connection->close();
    } else if (connection->clean()) {
        forget(connection.get());
        hand_out(std::move(connection));
    } else if (connection->usable()) {
        wash(connection);
    } else {
        forget(connection.get());
        make_room_for_waiters();
    }
}

/// A coroutine that was cancelled left a transaction open or a statement running: roll it back behind its back.
void Pool::wash(const std::shared_ptr<Connection>& connection) {
    auto timer = std::make_shared<boost::asio::steady_timer>(io_, wash_timeout);
    auto finish = [pool = shared_from_this(), connection, timer] {
        timer->cancel();
        if (!connection->clean()) connection->close();
        pool->take_back(connection);
    };
    timer->async_wait([connection](boost::system::error_code error) {
        if (!error) connection->close(); // which completes the segment
    });
    auto segment = connection->begin();
    segment->on_done = finish;
    connection->add(*segment, rollback_sql, {});
    connection->send(segment);
}

// --- waiting and opening ------------------------------------------------------------------------------------------

Task<std::shared_ptr<Pool::Waiter>> Pool::wait_for(Kind kind) {
    auto waiter = std::make_shared<Waiter>(io_);
    waiters_[kind].push_back(waiter);
    make_room_for_waiters();
    waiter->timer.expires_after(options_.patience);
    boost::system::error_code error;
    co_await waiter->timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, error));
    if (waiter->served) co_return waiter;
    if (closed_) throw unavailable("store_unavailable", "The server is shutting down.");
    if (error) throw boost::system::system_error(error);
    if (failures_ > 0 || kind == for_shared) {
        throw unavailable("store_unavailable", "The database does not answer at the moment. Try again shortly.");
    }
    auto busy = unavailable("busy", "The server is busy. Try again shortly.");
    busy.retry_after = 1s;
    throw busy;
}

std::shared_ptr<Pool::Waiter> Pool::next_waiter(Kind kind) {
    while (!waiters_[kind].empty()) {
        auto waiter = waiters_[kind].front().lock();
        waiters_[kind].pop_front();
        if (waiter) return waiter;
    }
    return nullptr;
}

void Pool::make_room_for_waiters() {
    if (closed_) return;
    for (auto& list : waiters_) std::erase_if(list, [](const auto& waiter) { return waiter.expired(); });
    auto wanted = std::min(options_.shared, waiters_[for_shared].size());
    while (shared_.size() + opening_[for_shared] < wanted) open(for_shared);
    while (opening_[for_exclusive] < waiters_[for_exclusive].size() && exclusive_connections() < options_.exclusive)
        open(for_exclusive);
}

void Pool::open(Kind kind) {
    ++opening_[kind];
    auto connection = std::make_shared<Connection>(io_, settings_);
    auto timer = std::make_shared<boost::asio::steady_timer>(io_, not_before_);
    timer->async_wait([weak = weak_from_this(), kind, connection, timer](boost::system::error_code) {
        auto pool = weak.lock();
        if (!pool || pool->closed_) return;
        auto done = [weak, kind, held = std::weak_ptr(connection)](std::optional<std::string> problem) {
            auto self = weak.lock();
            if (self) self->opened(kind, held.lock(), problem);
        };
        pool->connecting_.push_back(connection);
        connection->connect(connect_timeout, done);
    });
}

void Pool::opened(Kind kind, const std::shared_ptr<Connection>& connection, const std::optional<std::string>& problem) {
    --opening_[kind];
    std::erase(connecting_, connection);
    if (closed_ || !connection) return;
    if (problem) {
        auto pause = jitter(std::min(50ms * (1 << std::min(failures_, 5)), 1000ms));
        not_before_ = std::chrono::steady_clock::now() + pause;
        if (failures_++ == 0) log::warn("the database does not answer", {{"problem", *problem}});
        make_room_for_waiters();
        return;
    }
    if (std::exchange(failures_, 0) > 0) {
        ++reconnects_;
        log::info("the database answers again");
    }
    connection->on_lost = [weak = weak_from_this(), raw = connection.get()] {
        auto pool = weak.lock();
        if (!pool) return;
        pool->forget(raw);
        pool->make_room_for_waiters();
    };
    if (kind == for_exclusive) return hand_out(connection);
    shared_.push_back(connection);
    while (auto waiter = next_waiter(for_shared)) {
        waiter->connection = connection;
        waiter->served = true;
        waiter->timer.cancel();
    }
}

void Pool::forget(const Connection* connection) {
    std::erase_if(shared_, [&](const auto& one) { return one.get() == connection; });
    std::erase_if(idle_, [&](const auto& one) { return one.get() == connection; });
    std::erase_if(lent_, [&](const auto& weak) {
        auto one = weak.lock();
        return !one || one.get() == connection;
    });
}

void Pool::close() {
    closed_ = true;
    for (auto& connection : std::exchange(connecting_, {})) connection->close();
    for (auto& connection : std::exchange(idle_, {})) connection->close();
    for (auto& connection : shared_) connection->close_when_idle();
    for (auto& list : waiters_) {
        for (auto& weak : std::exchange(list, {})) {
            if (auto waiter = weak.lock()) waiter->timer.cancel();
        }
    }
}

void Pool::abort() {
    close();
    for (auto& connection : std::exchange(shared_, {})) connection->close();
    for (auto& weak : std::exchange(lent_, {})) {
        if (auto connection = weak.lock()) connection->close();
    }
}

PoolCounters Pool::counters() const {
    return {
        shared_.size(), idle_.size(), lent_.size(), waiters_[for_shared].size() + waiters_[for_exclusive].size(), reconnects_
    };
}

} // namespace doorstep::db
