#include "jobs/jobs.hpp"

#include <stdexcept>
#include <utility>

namespace doorstep::jobs {

void Registry::add_kind(std::string name, KindOptions options, RunFunction run) {
    if (name.empty() || name.size() > 100) throw std::logic_error("a job's kind needs a name of 1 to 100 characters");
    if (options.max_attempts < 1) throw std::logic_error("job kind " + name + " must be allowed at least one attempt");
    if (options.batch < 1) throw std::logic_error("job kind " + name + " must take on at least one job a run");
    auto [entry, added] = kinds_.try_emplace(std::move(name), Kind{options, std::move(run)});
    if (!added) throw std::logic_error("job kind " + entry->first + " is registered twice");
}

Task<std::vector<Outcome>> Registry::only(Task<Outcome> run) {
    std::vector<Outcome> outcomes;
    outcomes.push_back(co_await std::move(run));
    co_return outcomes;
}

const Registry::Kind* Registry::find(std::string_view name) const {
    auto found = kinds_.find(std::string(name));
    return found == kinds_.end() ? nullptr : &found->second;
}

std::vector<std::string> Registry::names() const {
    std::vector<std::string> names;
    names.reserve(kinds_.size());
    for (const auto& [name, kind] : kinds_) names.push_back(name);
    return names;
}

namespace detail {
namespace {

// Arguments are ids; whatever is larger belongs in a table.
constexpr std::size_t max_args = 64 * 1024;

// NOTIFY makes commits wait for one another, throughout the cluster: it is only sent for a job that is due, and only while all
// workers sleep. Repeated in a transaction, it counts once.
const db::Query insert_sql{"jobs.insert", R"sql(
    with job as (
        insert into app.jobs (account_id, id, kind, args, run_at, priority, created_at, state)
        values ($1, $2, $3, $4, $5, $6, $7, case when $5::timestamptz <= $7::timestamptz then 'ready' else 'waiting' end)
    )
    select pg_notify('jobs', '')
    where $5::timestamptz <= $7::timestamptz and (select not bool_or(polling) from app.job_workers)
)sql"};

// Apart, because ON CONFLICT costs every row a speculative insertion.
const db::Query insert_unique_sql{"jobs.insert_unique", R"sql(
    with job as (
        insert into app.jobs (account_id, id, kind, args, run_at, priority, created_at, unique_key, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, case when $5::timestamptz <= $7::timestamptz then 'ready' else 'waiting' end)
        on conflict (account_id, kind, unique_key) where unique_key is not null and state <> 'dead' do nothing
    )
    select pg_notify('jobs', '')
    where $5::timestamptz <= $7::timestamptz and (select not bool_or(polling) from app.job_workers)
)sql"};

const db::Query insert_many_sql{"jobs.insert_many", R"sql(
    with job as (
        insert into app.jobs (account_id, id, kind, args, run_at, priority, created_at, state)
        select $1, new.id, $2, new.args::json, $5, $6, $7,
            case when $5::timestamptz <= $7::timestamptz then 'ready' else 'waiting' end
        from unnest($3::uuid[], $4::text[]) as new (id, args)
    )
    select pg_notify('jobs', '')
    where $5::timestamptz <= $7::timestamptz and (select not bool_or(polling) from app.job_workers)
)sql"};

const db::Query hold_sql{"jobs.hold", R"sql(
    select true from app.jobs where account_id = $1 and id = $2 and worker = $3 and fence = $4 for share
)sql"};

void require_small(std::string_view kind, const std::string& args) {
    if (args.size() > max_args) throw std::logic_error("arguments too long for a job of kind " + std::string(kind));
}

} // namespace

void enqueue(db::Session& tx, const Context& ctx, std::string_view kind, std::string args, const EnqueueOptions& options) {
    require_small(kind, args);
    auto now = ctx.now();
    auto id = Uuid::v7(now);
    auto run_at = options.run_at.value_or(now);
    if (options.unique_key.empty())
        tx.queue(insert_sql, ctx.account_id, id, kind, args, run_at, options.priority, now);
    else
        tx.queue(insert_unique_sql, ctx.account_id, id, kind, args, run_at, options.priority, now, options.unique_key);
}

void enqueue_many(
    db::Session& tx, const Context& ctx, std::string_view kind, const std::vector<std::string>& args,
    const EnqueueOptions& options
) {
    if (!options.unique_key.empty()) throw std::logic_error("jobs that are added together have no unique keys");
    if (args.empty()) return;
    auto now = ctx.now();
    std::vector<Uuid> ids;
    ids.reserve(args.size());
    for (const auto& each : args) {
        require_small(kind, each);
        ids.push_back(Uuid::v7(now));
    }
    tx.queue(insert_many_sql, ctx.account_id, kind, ids, args, options.run_at.value_or(now), options.priority, now);
}

} // namespace detail

Task<> require_held(db::Session& tx, const Context& ctx, const Run& run) {
    auto held = co_await tx.maybe<bool>(detail::hold_sql, ctx.account_id, run.id, run.worker, run.fence);
    if (!held) throw Lost();
}

} // namespace doorstep::jobs
