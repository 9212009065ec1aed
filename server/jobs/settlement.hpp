#pragma once

#include <optional>
#include <string>

#include "jobs/jobs.hpp"

namespace doorstep::jobs {

/// A job that a worker holds.
struct Claimed {
    Uuid account_id;
    Uuid id;
    std::string kind;
    Json args;
    int fence = 0;
    int attempts = 0;
    Time run_at;
};
BOOST_DESCRIBE_STRUCT(Claimed, (), (account_id, id, kind, args, fence, attempts, run_at))

/// A failure, as dead letters show it.
struct JobError {
    Time at;
    int attempt = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(JobError, (), (at, attempt, text))

/// What becomes of a job that a worker held and that is not done.
struct Settlement {
    enum class State { ready, waiting, dead };
    BOOST_DESCRIBE_NESTED_ENUM(State, ready, waiting, dead)

    Uuid account_id;
    Uuid id;
    int fence = 0;
    State state = State::ready;
    Time run_at;
    int attempts = 0;
    std::optional<JobError> error;
};

/// The job as it was before the claim.
Settlement give_back(const Claimed& job);
/// After a failed attempt: later, by the kind's backoff with full jitter and not before `not_before`, or dead.
Settlement after_failure(
    const Claimed& job, const KindOptions& options, std::string_view text, Time now, std::optional<Time> not_before
);
/// After its worker died: most likely not the job's fault, so it costs none of its attempts and the first time it runs again at
/// once; a job that has been claimed often pays as for a failure.
Settlement after_crash(const Claimed& job, const KindOptions& options, Time now);
Settlement after_snooze(const Claimed& job, Time until, Time now);

} // namespace doorstep::jobs
