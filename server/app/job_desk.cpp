#include "app/job_desk.hpp"

namespace doorstep::app {

namespace {

enum class JobState { dead };
BOOST_DESCRIBE_ENUM(JobState, dead)

struct JobFilter {
    std::optional<JobState> state;
    std::optional<Int<1, 1'000'000>> page;
    std::optional<Int<1, 100>> limit;
    BOOST_DESCRIBE_CLASS(JobFilter, (), (state, page, limit), (), ())
};

struct FailedJob {
    Uuid id;
    std::string kind;
    std::int64_t attempts = 0;
    std::string last_error;
    Time failed_at;
    Json args;
    BOOST_DESCRIBE_CLASS(FailedJob, (), (id, kind, attempts, last_error, failed_at, args), (), ())
};

Task<http::Page<FailedJob>> list_jobs(JobDesk& desk, http::Context& ctx, http::Query<JobFilter> filter) {
    http::Page<FailedJob> answer;
    answer.page = filter->page ? std::int64_t(*filter->page) : 1;
    answer.limit = filter->limit ? std::int64_t(*filter->limit) : 10;
    auto page = co_await desk.letters().list(ctx, int(answer.page), int(answer.limit));
    answer.total = page.total;
    for (auto& letter : page.items) {
        auto last = letter.errors.empty() ? std::string() : letter.errors.back().text;
        answer.items.push_back(
            {letter.id, letter.kind, letter.attempts, std::move(last), letter.died_at, std::move(letter.args)}
        );
    }
    co_return answer;
}

Task<> retry_job(JobDesk& desk, http::Context& ctx, Uuid id) {
    co_await desk.letters().retry(ctx, id);
}

Task<> delete_job(JobDesk& desk, http::Context& ctx, Uuid id) {
    co_await desk.letters().discard(ctx, id);
}

} // namespace

void routes(http::Router& router, JobDesk& desk) {
    router.tag("Jobs");
    router.add("GET", "/api/jobs", desk, list_jobs).scope("jobs:read").id("list_jobs").summary("Background work that gave up");
    router.add("POST", "/api/jobs/{id}/retry", desk, retry_job).scope("jobs:write").id("retry_job").summary("Run it once more");
    router.add("DELETE", "/api/jobs/{id}", desk, delete_job)
        .scope("jobs:write")
        .id("delete_job")
        .summary("Give it up for good");
}

} // namespace doorstep::app
