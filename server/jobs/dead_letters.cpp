#include "jobs/dead_letters.hpp"

#include <algorithm>

namespace doorstep::jobs {
namespace {

// Row-level security limits all of these to the account already; the account in the condition is for the index.
const db::Query list_sql{"jobs.dead.list", R"sql(
    select id, account_id, kind, args, attempts, created_at, died_at, errors from app.jobs
    where ($1 or account_id = $2) and state = 'dead'
    order by died_at desc, id desc limit $3 offset $4
)sql"};

const db::Query count_sql{"jobs.dead.count", R"sql(
    select count(*) from app.jobs where ($1 or account_id = $2) and state = 'dead'
)sql"};

const db::Query retry_sql{"jobs.dead.retry", R"sql(
    with again as (
        update app.jobs set state = 'ready', died_at = null, attempts = 0, run_at = $4
        where ($1 or account_id = $2) and id = $3 and state = 'dead'
        returning id
    )
    select again.id, pg_notify('jobs', '') as told from again
)sql"};

const db::Query discard_sql{"jobs.dead.discard", R"sql(
    delete from app.jobs where ($1 or account_id = $2) and id = $3 and state = 'dead'
)sql"};

} // namespace

Task<DeadLetters::Page> DeadLetters::list(const Context& ctx, int page, int limit) {
    Page result;
    limit = std::clamp(limit, 1, 200);
    auto offset = std::int64_t(std::max(page, 1) - 1) * limit;
    result.items = co_await db_.all<DeadLetter>(ctx, list_sql, ctx.all_accounts, ctx.account_id, limit, offset);
    result.total = co_await db_.one<std::int64_t>(ctx, count_sql, ctx.all_accounts, ctx.account_id);
    co_return result;
}

Task<> DeadLetters::retry(const Context& ctx, Uuid id) {
    auto now = ctx.now();
    bool exists = false;
    try {
        auto again = co_await db_.maybe<Uuid>(ctx, retry_sql, ctx.all_accounts, ctx.account_id, id, now);
        if (!again) throw not_found("dead letter");
    } catch (const db::Failure& failure) {
        if (!failure.unique_violation("jobs_unique_key")) throw;
        exists = true;
    }
    if (exists) throw conflict("job_exists", "The same job is waiting or running already.");
}

Task<> DeadLetters::discard(const Context& ctx, Uuid id) {
    auto removed = co_await db_.exec(ctx, discard_sql, ctx.all_accounts, ctx.account_id, id);
    if (removed == 0) throw not_found("dead letter");
}

} // namespace doorstep::jobs
