#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <list>
#include <unordered_map>
#include <vector>

#include "jobs/signal.hpp"
#include "jobs/store.hpp"
#include "jobs/worker.hpp"

namespace doorstep::jobs {

using Steady = std::chrono::steady_clock;

/// Four coroutines on one thread: `claiming` fills the local queue, `settling` sends what became of jobs, `keeping` prolongs the
/// lease and sweeps those of others, `watching` ends runs that take too long. Each run is a coroutine of its own.
struct Worker::Impl : std::enable_shared_from_this<Worker::Impl> {
    /// Why a run is being cancelled.
    enum class Stop { none, timeout, cut_off, lost, shutdown };

    struct Queued {
        Claimed job;
        Steady::time_point since;
        const Registry::Kind* kind; ///< null: none that this process knows
    };
    /// Of a kind whose runs are limited.
    struct Load {
        int running = 0;
        int queued = 0;
    };

    struct Running {
        explicit Running(const Clock& clock) : ctx(clock) {}

        std::vector<Claimed> jobs; ///< of one kind and account; those only that are not acknowledged yet
        std::vector<Run> runs;     ///< of each job that it began with
        const Registry::Kind* kind = nullptr;
        Context ctx;
        Steady::time_point deadline;
        Stop stop = Stop::none;
        bool settled = false; ///< the jobs have gone on without waiting for the run
        boost::asio::cancellation_signal cancel;
    };
    using Place = std::list<Running>::iterator;

    Impl(boost::asio::io_context& io, db::Database& db, const Clock& clock, const Registry& registry, WorkerOptions options);

    void start();
    void spawn(Task<> loop, const char* name);

    // worker.cpp
    Task<> claiming();
    Task<> claim_once(int count);
    Task<> enlist();
    Task<> promote();
    Task<> set_polling(bool polling);
    int room() const;
    std::vector<std::string> wanted_kinds() const;
    Steady::duration until_next_look() const;

    // worker_runs.cpp
    void start_runs();
    void put(Claimed job);
    std::deque<Queued>::iterator take(std::deque<Queued>::iterator place, std::vector<Claimed>& into);
    void clear_queue();
    bool full(const Registry::Kind* kind) const;
    void begin(std::deque<Queued>::iterator next);
    void add_company(Running& running);
    void fetch_more();
    Task<std::vector<Outcome>> execute(Running& running);
    Task<> acknowledge(Running& running, std::vector<Outcome>& outcomes);
    void finished(Place place, std::exception_ptr failure, const std::vector<Outcome>& outcomes);
    void conclude(Running& running, Claimed& job, const Outcome& outcome);
    void conclude(Running& running, std::exception_ptr failure);
    void fail(const Running& running, const Claimed& job, std::string_view why, std::optional<Time> not_before);
    void stop_run(Running& running, Stop why);
    Task<> watching();

    // worker_lease.cpp
    Task<> settling();
    Task<bool> settle_pending();
    Task<> keeping();
    Task<> beat();
    void lose_everything();
    void cut_off();
    bool lease_is_safe() const;
    Task<> stop(std::chrono::milliseconds patience);

    boost::asio::io_context& io_;
    const Clock& clock_;
    const Registry& registry_;
    const WorkerOptions options_;
    const std::vector<std::string> kinds_;
    Store store_;

    std::int64_t worker_ = 0;           ///< the lease; 0: none
    Steady::time_point confirmed_{};    ///< when the lease was last known to be good
    Steady::time_point steady_since_{}; ///< since when every heartbeat has succeeded

    std::deque<Queued> queue_;
    std::unordered_map<const Registry::Kind*, Load> loads_; ///< of the kinds that are limited
    std::list<Running> running_;
    int busy_ = 0; ///< jobs that run
    std::list<Running> spare_;
    std::vector<Claimed> done_;
    std::vector<Settlement> settlements_;

    Uuid cursor_{};
    int ahead_ = 0; ///< how many jobs to claim beyond the free places
    bool woken_ = true;
    bool drained_ = false; ///< the last claim brought less than asked for
    bool polling_ = false;
    int busy_claims_ = 0; ///< in the current tenth of a second, while sleeping
    Steady::time_point busy_since_{};
    Steady::time_point last_found_{};
    Steady::time_point last_promoted_{};
    std::optional<Time> next_due_;

    bool paused_ = false;
    bool stopping_ = false;
    bool starting_ = false;
    int loops_ = 0;

    Signal look_;   ///< for `claiming`
    Signal settle_; ///< for `settling`
    Signal tick_;   ///< for `keeping`
    Signal watch_;  ///< for `watching`
    Signal quiet_;  ///< for stop(): something has ended
    Stats stats_;
};

} // namespace doorstep::jobs
