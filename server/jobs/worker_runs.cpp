#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>

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
    auto can_begin = [this](const Queued& next) { return !full(next.kind); };
    while (busy_ < options_.concurrency && !stopping_ && lease_is_safe()) {
        auto next = std::ranges::find_if(queue_, can_begin);
        if (next == queue_.end()) break;
        begin(next);
    }
    starting_ = false;
    if ((woken_ || !drained_) && room() > 0) look_.set();
}

void Worker::Impl::put(Claimed job) {
    auto kind = registry_.find(job.kind);
    if (kind && kind->options.at_once > 0) ++loads_[kind].queued;
    queue_.push_back({std::move(job), Steady::now(), kind});
}

std::deque<Worker::Impl::Queued>::iterator Worker::Impl::take(std::deque<Queued>::iterator place, std::vector<Claimed>& into) {
    into.push_back(std::move(place->job));
    if (auto load = loads_.find(place->kind); load != loads_.end()) --load->second.queued;
    return queue_.erase(place);
}

void Worker::Impl::clear_queue() {
    queue_.clear();
    for (auto& [kind, load] : loads_) load.queued = 0;
}

bool Worker::Impl::full(const Registry::Kind* kind) const {
    auto load = loads_.find(kind);
    return load != loads_.end() && load->second.running >= kind->options.at_once;
}

void Worker::Impl::begin(std::deque<Queued>::iterator next) {
    auto now = Steady::now();
    auto kind = next->kind;
    bool limited = kind && kind->options.at_once > 0;
    if (!limited && now - next->since > longest_wait) ahead_ /= 2;
    if (!kind) {
        settlements_.push_back(give_back(next->job));
        queue_.erase(next);
        return;
    }
    if (limited) ++loads_[kind].running;

    if (spare_.empty()) spare_.emplace_back(clock_);
    running_.splice(running_.end(), spare_, spare_.begin());
    auto place = std::prev(running_.end());
    auto& running = *place;
    running.kind = kind;
    take(next, running.jobs);
    add_company(running);
    for (const auto& job : running.jobs)
        running.runs.push_back({job.id, job.attempts + 1, kind->options.max_attempts, worker_, job.fence});
    busy_ += int(running.runs.size());
    running.deadline = now + kind->options.timeout;
    running.stop = Stop::none;
    running.settled = false;
    running.ctx = store_.context();
    running.ctx.account_id = running.jobs.front().account_id;
    running.ctx.all_accounts = running.ctx.account_id.is_nil();
    running.ctx.trace_id = running.jobs.front().id.text();

    auto ended = [self = shared_from_this(), place](std::exception_ptr failure, std::vector<Outcome> outcomes) {
        self->finished(place, failure, outcomes);
    };
    auto slot = running.cancel.slot();
    boost::asio::co_spawn(io_, execute(running), boost::asio::bind_cancellation_slot(slot, std::move(ended)));
}

/// There is more to do at once than has been claimed ahead.
void Worker::Impl::fetch_more() {
    ahead_ = std::min(std::max(2 * ahead_, 16), options_.prefetch);
}

/// Of what is queued, the jobs that can be done together with the first. A run is not cut short because others run: that
/// would break up those after it too.
void Worker::Impl::add_company(Running& running) {
    auto room = running.kind->options.batch;
    if (room == 1 || running.jobs.front().attempts > 0) return;
    running.jobs.reserve(std::size_t(room)); // `fits` looks at its first
    auto fits = [&first = running.jobs.front()](const Claimed& job) {
        return job.attempts == 0 && job.account_id == first.account_id && job.kind == first.kind;
    };
    for (auto next = queue_.begin(); next != queue_.end() && int(running.jobs.size()) < room;) {
        if (!fits(next->job)) {
            ++next;
            continue;
        }
        next = take(next, running.jobs);
    }
    if (int(running.jobs.size()) < room && !drained_) fetch_more();
}

Task<std::vector<Outcome>> Worker::Impl::execute(Running& running) {
    std::vector<std::string_view> args;
    for (const auto& job : running.jobs) args.push_back(job.args.text);
    auto outcomes = co_await running.kind->run(running.ctx, running.runs, args);
    if (outcomes.size() != running.jobs.size()) throw std::logic_error("a run of jobs has not told the outcome of each");
    if (running.kind->options.ack_now) co_await acknowledge(running, outcomes);
    co_return outcomes;
}

Task<> Worker::Impl::acknowledge(Running& running, std::vector<Outcome>& outcomes) {
    std::vector<Claimed> done;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].kind == Outcome::Kind::done) done.push_back(running.jobs[i]);
    }
    if (done.empty()) co_return;
    try {
        auto removed = co_await store_.remove(running.runs.front().worker, done);
        stats_.done += removed;
        stats_.lost += std::int64_t(done.size()) - removed;
    } catch (const std::exception&) {
        co_return; // It is done all the same; `settling` tries again.
    }
    if (running.settled) co_return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].kind == Outcome::Kind::done) continue;
        if (kept != i) {
            running.jobs[kept] = std::move(running.jobs[i]);
            outcomes[kept] = std::move(outcomes[i]);
        }
        ++kept;
    }
    running.jobs.resize(kept);
    outcomes.resize(kept);
}

void Worker::Impl::finished(Place place, std::exception_ptr failure, const std::vector<Outcome>& outcomes) {
    auto& running = *place;
    if (!running.settled) {
        if (failure) {
            conclude(running, failure);
        } else {
            for (std::size_t i = 0; i < running.jobs.size(); ++i) conclude(running, running.jobs[i], outcomes[i]);
        }
    }
    busy_ -= int(running.runs.size());
    if (auto load = loads_.find(running.kind); load != loads_.end()) {
        --load->second.running;
        drained_ = false; // what was not asked for while it was full
    }
    running.kind = nullptr;
    running.jobs.clear();
    running.runs.clear();
    spare_.splice(spare_.end(), running_, place);
    if (stopping_) quiet_.set();
    start_runs();

    auto pending = done_.size() + settlements_.size();
    bool idle = queue_.empty() && running_.empty();
    if (pending == 1 || pending >= settle_batch || (pending > 0 && idle)) settle_.set();
}

void Worker::Impl::conclude(Running& running, Claimed& job, const Outcome& outcome) {
    if (running.stop == Stop::lost) {
        ++stats_.lost;
        return;
    }
    auto now = clock_.now();
    switch (outcome.kind) {
    case Outcome::Kind::done: done_.push_back(std::move(job)); break;
    case Outcome::Kind::retry: fail(running, job, outcome.why, outcome.at); break;
    case Outcome::Kind::snooze:
        ++stats_.snoozed;
        settlements_.push_back(after_snooze(job, outcome.at.value_or(now + 1min), now));
        break;
    case Outcome::Kind::cancel:
        log::info("job cancelled", {{"job", job.id.text()}, {"kind", job.kind}, {"why", outcome.why}});
        ++stats_.cancelled;
        done_.push_back(std::move(job));
        break;
    }
}

void Worker::Impl::conclude(Running& running, std::exception_ptr failure) {
    auto fail_all = [&](std::string_view why) {
        for (const auto& job : running.jobs) fail(running, job, why, std::nullopt);
    };
    if (running.stop == Stop::lost) {
        stats_.lost += std::int64_t(running.jobs.size());
    } else if (running.stop == Stop::timeout) {
        fail_all("The run took longer than " + std::to_string(running.kind->options.timeout.count()) + " seconds.");
    } else if (running.stop == Stop::cut_off || running.stop == Stop::shutdown) {
        for (const auto& job : running.jobs) settlements_.push_back(give_back(job));
    } else {
        try {
            std::rethrow_exception(failure);
        } catch (const Lost&) {
            stats_.lost += std::int64_t(running.jobs.size());
        } catch (const Error& error) {
            fail_all(described(error));
        } catch (const std::exception& error) {
            fail_all(error.what());
        } catch (...) {
            fail_all("The run failed in an unknown way.");
        }
    }
}

void Worker::Impl::fail(const Running& running, const Claimed& job, std::string_view why, std::optional<Time> not_before) {
    auto settlement = after_failure(job, running.kind->options, why, clock_.now(), not_before);
    ++stats_.failed;
    bool dead = settlement.state == Settlement::State::dead;
    if (dead) ++stats_.dead;
    log::warn(
        dead ? "job dead" : "job failed",
        {{"job", job.id.text()}, {"kind", job.kind}, {"attempt", settlement.attempts}, {"error", why}}
    );
    settlements_.push_back(std::move(settlement));
}

void Worker::Impl::stop_run(Running& running, Stop why) {
    if (running.stop != Stop::none && why != Stop::lost) return;
    running.stop = why;
    // Not here and now: the run might end within the call, under the feet of a loop over all runs.
    auto emit = [self = shared_from_this(), &running, id = running.runs.front().id, fence = running.runs.front().fence] {
        if (running.kind && running.runs.front().id == id && running.runs.front().fence == fence)
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
            } else if (running.stop == Stop::timeout && !running.settled && !running.jobs.empty() &&
                       now > running.deadline + grace) {
                log::error(
                    "job does not react to being cancelled",
                    {{"job", running.ctx.trace_id}, {"kind", running.jobs.front().kind}}
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
