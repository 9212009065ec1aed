#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jobs/settlement.hpp"

namespace doorstep::jobs {

/// A job that gave up, with what went wrong.
struct DeadLetter {
    Uuid id;
    Uuid account_id;
    std::string kind;
    Json args;
    int attempts = 0;
    Time created_at;
    Time died_at;
    std::vector<JobError> errors; ///< oldest first, at most twenty
};
BOOST_DESCRIBE_STRUCT(DeadLetter, (), (id, account_id, kind, args, attempts, created_at, died_at, errors))

/// Jobs that a person decides about: those of the Context's account, or all with all_accounts.
class DeadLetters {
public:
    explicit DeadLetters(db::Database& db) : db_(db) {}

    struct Page {
        std::vector<DeadLetter> items;
        std::int64_t total = 0;
    };
    /// The latest first. Pages count from 1.
    Task<Page> list(const Context& ctx, int page = 1, int limit = 50);
    /// Runs it again as if it were new, its errors kept. 404; 409 `job_exists` if another with its unique key waits or runs.
    Task<> retry(const Context& ctx, Uuid id);
    /// 404.
    Task<> discard(const Context& ctx, Uuid id);

private:
    db::Database& db_;
};

} // namespace doorstep::jobs
