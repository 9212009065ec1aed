#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/context.hpp"
#include "core/described.hpp"
#include "core/task.hpp"
#include "db/database.hpp"

namespace doorstep::jobs {

/// How a run ended.
struct Outcome {
    enum class Kind { done, retry, snooze, cancel };

    Kind kind = Kind::done;
    std::string why;
    /// retry: not before; snooze: until. Unset: the kind's backoff.
    std::optional<Time> at;

    static Outcome done() { return {}; }
    /// Counts as an attempt; after the last one the job is dead, where a person sees it.
    static Outcome retry(std::string why, std::optional<Time> not_before = std::nullopt) {
        return {Kind::retry, std::move(why), not_before};
    }
    /// Not an attempt: the time has not come.
    static Outcome snooze(Time until, std::string why) { return {Kind::snooze, std::move(why), until}; }
    /// Will never succeed and needs nobody.
    static Outcome cancel(std::string why) { return {Kind::cancel, std::move(why), std::nullopt}; }
};

/// What a run knows of itself.
struct Run {
    Uuid id;
    int attempt = 1; ///< from 1
    int max_attempts = 1;
    std::int64_t worker = 0; ///< with `fence`, proof that the job is still this run's: see require_held
    int fence = 0;
    bool last() const { return attempt >= max_attempts; }
};

/// A run lost its job: its worker was frozen or cut off so long that another has taken the job over. Let it pass.
class Lost : public std::exception {
public:
    const char* what() const noexcept override { return "the job belongs to another worker by now"; }
};

/// Throws Lost unless the job is still this run's, and keeps it so until `tx` ends: first in a transaction that must not happen
/// twice, such as the one that records "about to send".
Task<> require_held(db::Session& tx, const Context& ctx, const Run& run);

struct KindOptions {
    int max_attempts = 4;             ///< the first run and three retries
    std::chrono::seconds backoff{15}; ///< of the first retry; doubles, with full jitter, up to an hour
    std::chrono::seconds timeout{60}; ///< a run that takes longer is cancelled and counts as a failed attempt
    /// For effects outside the store: each run is acknowledged by itself and at once, not with the next batch, so that a crash
    /// can repeat at most the runs that were under way.
    bool ack_now = false;
    /// How many jobs of an account one run may take on, where it is cheaper to do them together: see Registry::add_batch. What
    /// has failed before runs alone, so that one bad job holds nobody up for long.
    int batch = 1;
    /// How many runs of the kind a worker begins at a time, where more would only stand in each other's way; 0: no limit.
    int at_once = 0;
};

/// The kinds of job this process can run. A job is a described struct of its arguments (ids, no copies) with
/// `static constexpr std::string_view kind = "messages.send"`.
class Registry {
public:
    /// As many outcomes as runs, in their order.
    using RunFunction =
        std::function<Task<std::vector<Outcome>>(Context&, const std::vector<Run>&, const std::vector<std::string_view>& args)>;

    /// `run(module, ctx, run, job)`: Task<Outcome>.
    template <class Job, class Module>
    void add(Module& module, Task<Outcome> (*run)(Module&, Context&, const Run&, Job), KindOptions options = {}) {
        auto with_module = [&module, run](Context& ctx, const Run& info, Job job) {
            return run(module, ctx, info, std::move(job));
        };
        add<Job>(std::function<Task<Outcome>(Context&, const Run&, Job)>(with_module), options);
    }
    template <class Job>
    void add(std::function<Task<Outcome>(Context&, const Run&, Job)> run, KindOptions options) {
        add_kind(
            std::string(Job::kind), options,
            [run = std::move(run)](Context& ctx, const std::vector<Run>& runs, const std::vector<std::string_view>& args) {
                return only(run(ctx, runs.front(), read<Job>(args.front())));
            }
        );
    }

    /// `run(module, ctx, runs, jobs)`: Task<std::vector<Outcome>>, of up to `options.batch` jobs of one account. An exception is
    /// the failure of all of them.
    template <class Job, class Module>
    void add_batch(
        Module& module, Task<std::vector<Outcome>> (*run)(Module&, Context&, const std::vector<Run>&, std::vector<Job>),
        KindOptions options
    ) {
        add_kind(
            std::string(Job::kind), options,
            [&module, run](Context& ctx, const std::vector<Run>& runs, const std::vector<std::string_view>& args) {
                std::vector<Job> jobs;
                for (auto text : args) jobs.push_back(read<Job>(text));
                return run(module, ctx, runs, std::move(jobs));
            }
        );
    }

    struct Kind {
        KindOptions options;
        RunFunction run;
    };
    const Kind* find(std::string_view name) const;
    std::vector<std::string> names() const;

private:
    void add_kind(std::string name, KindOptions options, RunFunction run);
    template <class Job>
    static Job read(std::string_view args) {
        return from_json<Job>(args, Reader::Unknown::ignore);
    }
    static Task<std::vector<Outcome>> only(Task<Outcome> run);

    std::unordered_map<std::string, Kind> kinds_;
};

struct EnqueueOptions {
    std::optional<Time> run_at; ///< unset: at once
    std::string unique_key;     ///< while a job of the kind with this key waits or runs, another is not added
    int priority = 0;           ///< lower runs first among an account's jobs; accounts take turns
};

namespace detail {
void enqueue(db::Session& tx, const Context& ctx, std::string_view kind, std::string args, const EnqueueOptions& options);
void enqueue_many(
    db::Session& tx, const Context& ctx, std::string_view kind, const std::vector<std::string>& args,
    const EnqueueOptions& options
);
} // namespace detail

/// Adds a job of the Context's account in the caller's transaction: it exists if and only if that commits. Workers are woken by
/// NOTIFY at commit, unless one polls anyway. Without an account (and with all_accounts) it is the system's.
template <class Job>
void enqueue(db::Session& tx, const Context& ctx, const Job& job, const EnqueueOptions& options = {}) {
    detail::enqueue(tx, ctx, Job::kind, to_json(job), options);
}

/// The same for many jobs of a kind at once, in one statement. They have no unique keys.
template <class Job>
void enqueue_many(db::Session& tx, const Context& ctx, const std::vector<Job>& jobs, const EnqueueOptions& options = {}) {
    std::vector<std::string> args;
    args.reserve(jobs.size());
    for (const auto& job : jobs) args.push_back(to_json(job));
    detail::enqueue_many(tx, ctx, Job::kind, args, options);
}

} // namespace doorstep::jobs
