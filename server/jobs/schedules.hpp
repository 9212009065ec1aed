#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "jobs/jobs.hpp"

namespace boost::asio {
class io_context;
}

namespace doorstep::jobs {

/// Periodic work by the product's clock. However many servers run, each interval ticks once: the server that notices it first
/// enqueues a job of kind `schedule.tick` (with leases, retries and time-outs as any job), in the transaction that marks the
/// interval as ticked. A clock that jumps ahead makes one tick, not many; one that jumps back repeats none, and ticking goes on.
class Schedules {
public:
    /// `ctx` sees all accounts.
    using Tick = std::function<Task<>(Context& ctx)>;

    Schedules(boost::asio::io_context& io, db::Database& db, const Clock& clock);
    ~Schedules();

    /// Before start(). Intervals lie still in time, each name's a little apart from the others'.
    void add(std::string name, std::chrono::milliseconds every, Tick tick);
    /// Each day at this time, UTC.
    void add_daily(std::string name, std::chrono::minutes time_of_day, Tick tick);
    /// How ticks are run: before the Worker is built.
    void jobs(Registry& registry);

    void start();
    /// The clock has moved. From any thread.
    void wake();
    void stop();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace doorstep::jobs
