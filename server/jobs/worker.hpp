#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "jobs/jobs.hpp"

namespace boost::asio {
class io_context;
}

namespace doorstep::jobs {

struct WorkerOptions {
    int concurrency = 32; ///< jobs that run at a time; those of a run that takes on several may go beyond
    int prefetch = 1024;  ///< jobs claimed ahead at most; near none unless runs take milliseconds
    std::string name;     ///< for people who look at app.job_workers
};

/// Runs jobs on one thread's io_context. All but wake() belongs on that thread. The Database should be the engine's own
/// (`engine_options`), so that its batches do not stand in the way of requests.
class Worker {
public:
    struct Stats {
        std::int64_t done = 0;
        std::int64_t failed = 0; ///< attempts
        std::int64_t snoozed = 0;
        std::int64_t cancelled = 0;
        std::int64_t dead = 0;
        std::int64_t lost = 0;      ///< runs whose job another worker has taken over
        std::int64_t reclaimed = 0; ///< jobs taken from workers that died
        std::int64_t running = 0;
        std::int64_t queued = 0; ///< claimed, not started
    };

    Worker(
        boost::asio::io_context& io, db::Database& db, const Clock& clock, const Registry& registry, WorkerOptions options = {}
    );
    /// Without stop(), what is claimed comes back when the lease ends.
    ~Worker();

    void start();
    /// There may be work, or the clock has moved. From any thread.
    void wake();
    /// Claims nothing more until resume(); what runs goes on.
    void pause();
    void resume();
    /// Claims nothing more, waits `patience` for what runs, then cancels it and gives everything back, no attempt counted.
    Task<> stop(std::chrono::milliseconds patience = std::chrono::seconds(7));

    Stats stats() const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace doorstep::jobs
