#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace doorstep {

/// An instant, UTC, microseconds: what PostgreSQL's timestamptz holds.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// The product's clock: the system's, moved by an offset that belongs to the store (tests and the demo move it there, and every
/// process on the store follows). Domain code asks only this clock; leases and time-outs of I/O use steady_clock.
/// One per process, read from any thread.
class Clock {
public:
    Time now() const {
        auto system = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
        return system + offset();
    }

    std::chrono::microseconds offset() const { return std::chrono::microseconds{offset_.load(std::memory_order_relaxed)}; }

    void set_offset(std::chrono::microseconds offset) { offset_.store(offset.count(), std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> offset_{0};
};

} // namespace doorstep
