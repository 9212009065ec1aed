#include "jobs/worker.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "core/log.hpp"
#include "jobs/worker_impl.hpp"

namespace doorstep::jobs {

using namespace std::chrono_literals;

namespace {

constexpr auto poll_asleep = 1s;
constexpr auto poll_awake = 10ms;
/// How long after the last job a worker goes on polling, and the pace from which polling is cheaper than being told.
constexpr auto linger = 100ms;
constexpr int busy_pace = 10;

} // namespace

Worker::Worker(
    boost::asio::io_context& io, db::Database& db, const Clock& clock, const Registry& registry, WorkerOptions options
)
    : impl_(std::make_shared<Impl>(io, db, clock, registry, std::move(options))) {}

Worker::~Worker() {
    impl_->stopping_ = true;
}

void Worker::start() {
    impl_->start();
}

void Worker::wake() {
    boost::asio::post(impl_->io_, [weak = std::weak_ptr(impl_)] {
        if (auto impl = weak.lock()) {
            impl->woken_ = true;
            impl->look_.set();
        }
    });
}

void Worker::pause() {
    impl_->paused_ = true;
}

void Worker::resume() {
    impl_->paused_ = false;
    wake();
}

Task<> Worker::stop(std::chrono::milliseconds patience) {
    return impl_->stop(patience);
}

Worker::Stats Worker::stats() const {
    auto stats = impl_->stats_;
    stats.running = impl_->busy_;
    stats.queued = std::int64_t(impl_->queue_.size());
    return stats;
}

Worker::Impl::Impl(
    boost::asio::io_context& io, db::Database& db, const Clock& clock, const Registry& registry, WorkerOptions options
)
    : io_(io),
      clock_(clock),
      registry_(registry),
      options_(std::move(options)),
      kinds_(registry.names()),
      store_(db, clock),
      look_(io.get_executor()),
      settle_(io.get_executor()),
      tick_(io.get_executor()),
      watch_(io.get_executor()),
      quiet_(io.get_executor()) {}

void Worker::Impl::start() {
    spawn(claiming(), "claiming");
    spawn(settling(), "settling");
    spawn(keeping(), "keeping");
    spawn(watching(), "watching");
}

void Worker::Impl::spawn(Task<> loop, const char* name) {
    ++loops_;
    auto ended = [self = shared_from_this(), name](std::exception_ptr failure) {
        --self->loops_;
        self->quiet_.set();
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log::error("job worker loop failed", {{"loop", name}, {"error", error.what()}});
        }
    };
    boost::asio::co_spawn(io_, std::move(loop), std::move(ended));
}

/// Claims whenever there is room and hope: after a full claim at once, else when woken, when the next job is due, or by the
/// clock on the wall, as notifications may get lost.
Task<> Worker::Impl::claiming() {
    while (!stopping_) {
        bool failed = false;
        try {
            if (worker_ == 0) co_await enlist();
            auto count = paused_ || !lease_is_safe() ? 0 : room();
            if (count > 0 && (woken_ || !drained_)) {
                woken_ = false;
                if (next_due_ && *next_due_ <= clock_.now()) co_await promote();
                co_await claim_once(count);
                // A nearer time may have been added, or the clock have moved.
                if (Steady::now() - last_promoted_ >= 200ms) co_await promote();
                continue;
            }
            if (polling_ && Steady::now() - last_found_ > linger) {
                co_await set_polling(false);
                woken_ = true; // once more, for what came without a NOTIFY meanwhile
                continue;
            }
        } catch (const std::exception& error) {
            log::warn("jobs cannot be claimed", {{"error", error.what()}});
            failed = true;
        }
        auto signalled = co_await look_.wait(failed ? Steady::duration(1s) : until_next_look());
        if (!signalled) woken_ = true;
    }
}

Task<> Worker::Impl::enlist() {
    auto asked = Steady::now();
    worker_ = co_await store_.enlist(options_.name);
    confirmed_ = asked;
    steady_since_ = asked;
    polling_ = false;
    woken_ = true;
}

Task<> Worker::Impl::claim_once(int count) {
    auto worker = worker_;
    auto claimed = co_await store_.claim(worker, wanted_kinds(), count, cursor_);
    if (worker != worker_) co_return; // lost meanwhile, these jobs too
    auto now = Steady::now();
    drained_ = !claimed.more;
    // Runs are so short that places stood empty while the store had more: fetch more at a time.
    if (!drained_ && queue_.empty() && busy_ < options_.concurrency) fetch_more();
    if (claimed.jobs.empty()) co_return;
    last_found_ = now;
    for (auto& job : claimed.jobs) put(std::move(job));
    start_runs();

    if (polling_) co_return;
    if (now - busy_since_ > linger) {
        busy_since_ = now;
        busy_claims_ = 0;
    }
    if (++busy_claims_ >= busy_pace || claimed.jobs.size() >= std::size_t(options_.concurrency)) co_await set_polling(true);
}

Task<> Worker::Impl::set_polling(bool polling) {
    co_await store_.set_polling(worker_, polling);
    polling_ = polling;
    busy_claims_ = 0;
}

Task<> Worker::Impl::promote() {
    last_promoted_ = Steady::now();
    while (true) {
        auto promoted = co_await store_.promote();
        next_due_ = promoted.next;
        if (promoted.count > 0) woken_ = true;
        if (promoted.count < Store::promote_batch) co_return;
    }
}

int Worker::Impl::room() const {
    if (stopping_ || done_.size() + settlements_.size() > 4 * std::size_t(options_.prefetch)) return 0;
    auto queued = int(queue_.size());
    for (const auto& [kind, load] : loads_) {
        if (full(kind)) queued -= load.queued; // they stand in nobody's way
    }
    auto free = options_.concurrency - busy_ + ahead_ - queued;
    return free > ahead_ / 2 ? free : 0;
}

/// All but those of which enough are here.
std::vector<std::string> Worker::Impl::wanted_kinds() const {
    std::vector<std::string> wanted;
    for (const auto& name : kinds_) {
        auto kind = registry_.find(name);
        auto load = loads_.find(kind);
        if (load == loads_.end() || !full(kind) || load->second.queued < kind->options.batch) wanted.push_back(name);
    }
    return wanted;
}

Steady::duration Worker::Impl::until_next_look() const {
    Steady::duration longest = polling_ ? Steady::duration(poll_awake) : Steady::duration(poll_asleep);
    if (next_due_ && !paused_ && room() > 0) {
        auto due = std::chrono::duration_cast<Steady::duration>(*next_due_ - clock_.now());
        longest = std::clamp<Steady::duration>(due, 1ms, longest);
    }
    return longest;
}

} // namespace doorstep::jobs
