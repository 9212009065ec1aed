#include "core/log.hpp"
#include "jobs/worker_impl.hpp"

namespace doorstep::jobs {

using namespace std::chrono_literals;

namespace {

constexpr auto lease = 20s;
constexpr auto beat_every = 5s;
constexpr auto sweep_every = 2s;
/// After an outage of PostgreSQL all leases look expired: whoever lives gets the time to say so before anyone sweeps.
constexpr auto steady_before_sweep = 10s;
constexpr auto settle_within = 10ms;
constexpr std::size_t settle_batch = 256;

} // namespace

bool Worker::Impl::lease_is_safe() const {
    return worker_ != 0 && Steady::now() - confirmed_ < lease;
}

/// Sends the ends of jobs in batches: when one is full, when nothing else runs, or soon.
Task<> Worker::Impl::settling() {
    while (!stopping_) {
        auto signalled = co_await settle_.wait(1s);
        auto pending = done_.size() + settlements_.size();
        if (pending == 0) continue;
        bool idle = queue_.empty() && running_.empty();
        if (signalled && !idle && pending < settle_batch) co_await settle_.wait(settle_within);
        bool sent = co_await settle_pending();
        if (!sent) co_await settle_.wait(1s);
    }
}

Task<bool> Worker::Impl::settle_pending() {
    auto done = std::exchange(done_, {});
    auto settlements = std::exchange(settlements_, {});
    auto worker = worker_;
    auto sent = done.size() + settlements.size();
    std::int64_t accepted = 0;
    try {
        if (!done.empty()) {
            auto removed = co_await store_.remove(worker, done);
            stats_.done += removed;
            accepted += removed;
            done.clear();
        }
        if (!settlements.empty()) accepted += co_await store_.settle(worker, settlements);
    } catch (const std::exception& error) {
        log::warn("ends of jobs cannot be stored", {{"count", sent}, {"error", error.what()}});
        if (worker == worker_) {
            done_.insert(done_.end(), std::move_iterator(done.begin()), std::move_iterator(done.end()));
            settlements_.insert(settlements_.end(), settlements.begin(), settlements.end());
        }
        co_return false;
    }
    auto refused = std::int64_t(sent) - accepted;
    if (refused > 0) {
        stats_.lost += refused;
        log::warn("jobs had been taken over", {{"count", refused}});
    }
    co_return true;
}

Task<> Worker::Impl::keeping() {
    auto last_beat = Steady::now();
    auto last_sweep = Steady::now();
    bool failing = false;
    while (!stopping_) {
        co_await tick_.wait(1s);
        if (stopping_ || worker_ == 0) continue;
        auto now = Steady::now();
        try {
            if (failing || now - last_beat >= beat_every - 500ms) {
                last_beat = now;
                co_await beat();
            }
            if (now - last_sweep >= sweep_every && now - steady_since_ >= steady_before_sweep) {
                last_sweep = now;
                auto taken = co_await store_.sweep(registry_);
                stats_.reclaimed += taken;
                if (taken > 0) {
                    log::warn("jobs reclaimed from a worker that stopped", {{"count", taken}});
                    woken_ = true;
                    look_.set();
                }
            }
            failing = false;
        } catch (const std::exception& error) {
            log::warn("the lease of a job worker cannot be prolonged", {{"error", error.what()}});
            failing = true;
            steady_since_ = Steady::now();
        }
        if (worker_ != 0 && !lease_is_safe()) cut_off();
    }
}

Task<> Worker::Impl::beat() {
    auto asked = Steady::now();
    // Not heard of for so long (frozen, or cut off): others may have swept meanwhile, so this is no steady service.
    if (asked - confirmed_ >= lease) steady_since_ = asked;
    auto alive = co_await store_.heartbeat(worker_);
    if (alive) {
        confirmed_ = asked;
        start_runs();
    } else {
        lose_everything();
    }
}

/// Someone has swept this worker's lease: nothing it holds is its own any more.
void Worker::Impl::lose_everything() {
    log::warn("a job worker has lost its lease", {{"worker", worker_}, {"running", busy_}});
    stats_.lost += std::int64_t(queue_.size() + done_.size() + settlements_.size());
    clear_queue();
    done_.clear();
    settlements_.clear();
    worker_ = 0;
    for (auto& running : running_) stop_run(running, Stop::lost);
    look_.set();
}

/// The lease may have ended: stop before another worker begins the same.
void Worker::Impl::cut_off() {
    for (auto& next : queue_) settlements_.push_back(give_back(next.job));
    clear_queue();
    for (auto& running : running_) stop_run(running, Stop::cut_off);
}

Task<> Worker::Impl::stop(std::chrono::milliseconds patience) {
    auto self = shared_from_this();
    auto deadline = Steady::now() + patience;
    stopping_ = true;
    look_.set();
    settle_.set();
    tick_.set();
    watch_.set();
    while ((!running_.empty() || loops_ > 0) && Steady::now() < deadline) co_await quiet_.wait(deadline - Steady::now());

    for (auto& running : running_) stop_run(running, Stop::shutdown);
    deadline = Steady::now() + 1s;
    while ((!running_.empty() || loops_ > 0) && Steady::now() < deadline) co_await quiet_.wait(deadline - Steady::now());

    for (auto& running : running_) {
        if (!running.settled && running.stop != Stop::lost) {
            for (auto& job : running.jobs) settlements_.push_back(give_back(job));
        }
        running.settled = true;
    }
    for (auto& next : queue_) settlements_.push_back(give_back(next.job));
    clear_queue();
    if (worker_ == 0) co_return;
    auto sent = co_await settle_pending();
    // With something unsent the lease must end by itself, so that it is reclaimed.
    if (sent && loops_ == 0) {
        co_await store_.resign(worker_);
        worker_ = 0;
    }
}

} // namespace doorstep::jobs
