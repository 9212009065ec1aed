#include "jobs/settlement.hpp"

#include <algorithm>
#include <random>

#include "core/text.hpp"

namespace doorstep::jobs {
namespace {

constexpr std::size_t max_error_text = 1000;
constexpr std::chrono::hours longest_backoff{1};
constexpr int forgiven_claims = 5; // beyond, the job is likely to be what brings its workers down
constexpr std::string_view crashed = "The worker that ran this job stopped.";

std::chrono::microseconds jittered_backoff(std::chrono::microseconds first, int failures) {
    auto longest = std::chrono::microseconds(longest_backoff);
    auto limit = first;
    for (int i = 1; i < failures && limit < longest; ++i) limit *= 2;
    limit = std::min(limit, longest);
    thread_local std::mt19937_64 random{std::random_device{}()};
    return std::chrono::microseconds(std::uniform_int_distribution<std::int64_t>(0, limit.count())(random));
}

void set_time(Settlement& settlement, Time run_at, Time now) {
    settlement.run_at = run_at;
    settlement.state = run_at <= now ? Settlement::State::ready : Settlement::State::waiting;
}

} // namespace

Settlement give_back(const Claimed& job) {
    Settlement settlement;
    settlement.account_id = job.account_id;
    settlement.id = job.id;
    settlement.fence = job.fence;
    settlement.run_at = job.run_at;
    settlement.attempts = job.attempts;
    return settlement;
}

Settlement after_failure(
    const Claimed& job, const KindOptions& options, std::string_view text, Time now, std::optional<Time> not_before
) {
    auto settlement = give_back(job);
    ++settlement.attempts;
    settlement.error = JobError{now, settlement.attempts, std::string(utf8_prefix(text, max_error_text))};
    if (settlement.attempts >= options.max_attempts) {
        settlement.state = Settlement::State::dead;
        settlement.run_at = now;
        return settlement;
    }
    auto run_at = now + jittered_backoff(options.backoff, settlement.attempts);
    if (not_before) run_at = std::max(run_at, *not_before);
    set_time(settlement, run_at, now);
    return settlement;
}

Settlement after_crash(const Claimed& job, const KindOptions& options, Time now) {
    if (job.fence > forgiven_claims) return after_failure(job, options, crashed, now, std::nullopt);
    auto settlement = give_back(job);
    settlement.error = JobError{now, job.attempts + 1, std::string(crashed)};
    set_time(settlement, job.fence <= 1 ? now : now + jittered_backoff(options.backoff, job.fence), now);
    return settlement;
}

Settlement after_snooze(const Claimed& job, Time until, Time now) {
    auto settlement = give_back(job);
    set_time(settlement, until, now);
    return settlement;
}

} // namespace doorstep::jobs
