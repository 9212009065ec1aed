#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "core/log.hpp"
#include "jobs/worker_impl.hpp"

namespace doorstep::jobs {

using namespace std::chrono_literals;

namespace {

/// What the local queue may cost a job in waiting time before less is fetched ahead.
constexpr auto longest_wait = 100ms;
/// How long a cancelled run may take to unwind before its job goes on without it.
constexpr auto grace = 5s;
constexpr std::size_t settle_batch = 256;

std::string described(const Error& error) {
    std::string text = error.detail;
    for (const auto& field : error.fields) text += " " + field.field + " " + field.message + ".";
    return text;
}

} // namespace

void Worker::Impl::start_runs() {
    // A run that does not wait for anything ends within begin(): the guard turns recursion into this loop.
    if (starting_) return;
    starting_ = true;
    while (!queue_.empty() && running_.size() < std::size_t(options_.concurrency) && !stopping_ && lease_is_safe()) {
        auto next = std::move(queue_.front());
        queue_.pop_front();
        begin(std::move(next));
    }
    starting_ = false;
    if ((woken_ || !drained_) && room() > 0) look_.set();
}

void Worker::Impl::begin(Queued next) {
    auto now = Steady::now();
    if (now - next.since > longest_wait) ahead_ /= 2;
    auto kind = registry_.find(next.job.kind);
    if (!kind) return settlements_.push_back(give_back(next.job));

    if (spare_.empty()) spare_.emplace_back(clock_);
    running_.splice(running_.end(), spare_, spare_.begin());
    auto place = std::prev(running_.end());
    auto& running = *place;
    running.job = std::move(next.job);
    running.kind = kind;
    running.deadline = now + kind->options.timeout;
    running.stop = Stop::none;
    running.settled = false;
    running.run = {running.job.id, running.job.attempts + 1, kind->options.max_attempts, worker_, running.job.fence};
    running.ctx = store_.context();
    running.ctx.account_id = running.job.account_id;
    running.ctx.all_accounts = running.job.account_id.is_nil();
    running.ctx.trace_id = running.job.id.text();

    auto ended = [self = shared_from_this(), place](std::exception_ptr failure, Outcome outcome) {
        self->finished(place, failure, std::move(outcome));
    };
    auto slot = running.cancel.slot();
    boost::asio::co_spawn(io_, execute(running), boost::asio::bind_cancellation_slot(slot, std::move(ended)));
}

Task<Outcome> Worker::Impl::execute(Running& running) {
    auto outcome = co_await running.kind->run(running.ctx, running.run, running.job.args.text);
    if (outcome.kind != Outcome::Kind::done || !running.kind->options.ack_now) co_return outcome;
    std::vector<Claimed> only;
    only.push_back(running.job);
    try {
        auto removed = co_await store_.remove(running.run.worker, only);
        running.settled = true;
        ++(removed == 1 ? stats_.done : stats_.lost);
    } catch (const std::exception&) {
        // It is done all the same; `settling` tries again.
    }
    co_return outcome;
}

void Worker::Impl::finished(Place place, std::exception_ptr failure, Outcome outcome) {
    auto& running = *place;
    if (!running.settled) {
        if (failure)
            conclude(running, failure);
        else
            conclude(running, outcome);
    }
    running.kind = nullptr;
    spare_.splice(spare_.end(), running_, place);
    if (stopping_) quiet_.set();
    start_runs();

    auto pending = done_.size() + settlements_.size();
    bool idle = queue_.empty() && running_.empty();
    if (pending == 1 || pending == settle_batch || (pending > 0 && idle)) settle_.set();
}

void Worker::Impl::conclude(Running& running, const Outcome& outcome) {
    if (running.stop == Stop::lost) {
        ++stats_.lost;
        return;
    }
    auto now = clock_.now();
    switch (outcome.kind) {
    case Outcome::Kind::done: done_.push_back(std::move(running.job)); break;
    case Outcome::Kind::retry: fail(running, outcome.why, outcome.at); break;
    case Outcome::Kind::snooze:
        ++stats_.snoozed;
        settlements_.push_back(after_snooze(running.job, outcome.at.value_or(now + 1min), now));
        break;
    case Outcome::Kind::cancel:
        log::info("job cancelled", {{"job", running.ctx.trace_id}, {"kind", running.job.kind}, {"why", outcome.why}});
        ++stats_.cancelled;
        done_.push_back(std::move(running.job));
        break;
    }
}

void Worker::Impl::conclude(Running& running, std::exception_ptr failure) {
    if (running.stop == Stop::lost) {
        ++stats_.lost;
    } else if (running.stop == Stop::timeout) {
        auto seconds = running.kind->options.timeout.count();
        fail(running, "The run took longer than " + std::to_string(seconds) + " seconds.", std::nullopt);
    } else if (running.stop == Stop::cut_off || running.stop == Stop::shutdown) {
        settlements_.push_back(give_back(running.job));
    } else {
        try {
            std::rethrow_exception(failure);
        } catch (const Lost&) {
            ++stats_.lost;
        } catch (const Error& error) {
            fail(running, described(error), std::nullopt);
        } catch (const std::exception& error) {
            fail(running, error.what(), std::nullopt);
        } catch (...) {
            fail(running, "The run failed in an unknown way.", std::nullopt);
        }
    }
}

void Worker::Impl::fail(const Running& running, std::string_view why, std::optional<Time> not_before) {
    auto settlement = after_failure(running.job, running.kind->options, why, clock_.now(), not_before);
    ++stats_.failed;
    bool dead = settlement.state == Settlement::State::dead;
    if (dead) ++stats_.dead;
    log::warn(
        dead ? "job dead" : "job failed",
        {{"job", running.ctx.trace_id}, {"kind", running.job.kind}, {"attempt", settlement.attempts}, {"error", why}}
    );
    settlements_.push_back(std::move(settlement));
}

void Worker::Impl::stop_run(Running& running, Stop why) {
    if (running.stop != Stop::none && why != Stop::lost) return;
    running.stop = why;
    // Not here and now: the run might end within the call, under the feet of a loop over all runs.
    auto emit = [self = shared_from_this(), &running, id = running.run.id, fence = running.run.fence] {
        if (running.kind && running.run.id == id && running.run.fence == fence)
            running.cancel.emit(boost::asio::cancellation_type::all);
    };
    boost::asio::post(io_, std::move(emit));
}

Task<> Worker::Impl::watching() {
    while (!stopping_) {
        auto now = Steady::now();
        for (auto& running : running_) {
            if (now < running.deadline) continue;
            if (running.stop == Stop::none) {
                stop_run(running, Stop::timeout);
            } else if (running.stop == Stop::timeout && !running.settled && now > running.deadline + grace) {
                log::error(
                    "job does not react to being cancelled", {{"job", running.ctx.trace_id}, {"kind", running.job.kind}}
                );
                conclude(running, std::exception_ptr());
                running.settled = true;
                settle_.set();
            }
        }
        co_await watch_.wait(250ms);
    }
}

} // namespace doorstep::jobs
