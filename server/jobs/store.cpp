#include "jobs/store.hpp"

#include <algorithm>
#include <numeric>

namespace doorstep::jobs {
namespace {

// Leases count PostgreSQL's real time: they are about processes that live or die, whatever the product's clock says.
const db::Query enlist_sql{"jobs.enlist", R"sql(
    insert into app.job_workers (name, lease_until) values ($1, clock_timestamp() + interval '20 s') returning id
)sql"};

const db::Query heartbeat_sql{"jobs.heartbeat", R"sql(
    update app.job_workers set lease_until = clock_timestamp() + interval '20 s' where id = $1 and swept_at is null
)sql"};

const db::Query polling_sql{"jobs.polling", R"sql(
    update app.job_workers set polling = $2 where id = $1 and polling <> $2
)sql"};

const db::Query resign_sql{"jobs.resign", R"sql(
    delete from app.job_workers where id = $1
)sql"};

// `turn` walks from account to account along the index, whatever the length of each one's queue, and wraps around; then each
// gets an equal share. The worker's own row is locked against the deletion that ends a sweep: no claim can slip in behind it.
const db::Query claim_sql{"jobs.claim", R"sql(
    with recursive me as materialized (
        select from app.job_workers where id = $1 and swept_at is null for key share
    ),
    turn (account_id, first_id, number) as (
        select start.id, start.id, 1 from me, lateral (
            select coalesce(
                (select account_id from app.jobs
                 where state = 'ready' and worker is null and run_at <= $4
                    and kind = any ($2::text[]) and account_id > $5
                 order by account_id limit 1),
                (select account_id from app.jobs
                 where state = 'ready' and worker is null and run_at <= $4 and kind = any ($2::text[])
                 order by account_id limit 1)
            )
            offset 0 -- or it would be worked out wherever it is used
        ) as start (id)
        where start.id is not null
        union all
        select next.id, turn.first_id, turn.number + 1 from turn, lateral (
            select coalesce(
                (select account_id from app.jobs
                 where state = 'ready' and worker is null and run_at <= $4
                    and kind = any ($2::text[]) and account_id > turn.account_id
                 order by account_id limit 1),
                (select account_id from app.jobs
                 where state = 'ready' and worker is null and run_at <= $4 and kind = any ($2::text[])
                 order by account_id limit 1)
            )
            offset 0
        ) as next (id)
        where turn.number < least($3::int, 64) and next.id <> turn.first_id
    ),
    share as materialized (
        select ($3::int + count(*) - 1) / greatest(count(*), 1) as size, count(*) = least($3::int, 64) as others from turn
    ),
    picked as materialized (
        select job.place, turn.number, job.rank, job.rank = share.size or share.others as more from turn, share, lateral (
            select due.ctid as place, row_number() over () as rank from (
                select ctid from app.jobs
                where account_id = turn.account_id and state = 'ready' and worker is null and run_at <= $4
                    and kind = any ($2::text[])
                order by priority, run_at limit share.size for update skip locked
            ) as due
        ) as job
    )
    update app.jobs set worker = $1, fence = fence + 1 from picked
    where jobs.ctid = picked.place
    returning jobs.account_id, jobs.id, jobs.kind, jobs.args, jobs.fence, jobs.attempts, jobs.run_at,
        picked.rank, picked.number, picked.more
)sql"};

const db::Query promote_sql{"jobs.promote", R"sql(
    with due as materialized (
        select ctid from app.jobs where state = 'waiting' and run_at <= $1
        order by run_at limit 1000 for update skip locked
    ),
    moved as (
        update app.jobs set state = 'ready' from due where jobs.ctid = due.ctid returning 1
    )
    select (select count(*) from moved) as count,
        (select run_at from app.jobs where state = 'waiting' and run_at > $1 order by run_at limit 1) as next
)sql"};

const db::Query remove_sql{"jobs.remove", R"sql(
    delete from app.jobs using unnest($2::uuid[], $3::uuid[], $4::int[]) as done (account_id, id, fence)
    where jobs.account_id = done.account_id and jobs.id = done.id and jobs.worker = $1 and jobs.fence = done.fence
)sql"};

// The first errors of a job that keeps failing say less than the last.
const db::Query settle_sql{"jobs.settle", R"sql(
    update app.jobs set worker = null, state = new.state, run_at = new.run_at, attempts = new.attempts,
        died_at = case when new.state = 'dead' then $9::timestamptz end,
        errors = case when new.error = '' then errors
            when jsonb_array_length(errors) < 20 then errors || new.error::jsonb
            else (errors - 0) || new.error::jsonb end
    from unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::timestamptz[], $7::int[], $8::text[])
        as new (account_id, id, fence, state, run_at, attempts, error)
    where jobs.account_id = new.account_id and jobs.id = new.id and jobs.worker = $1 and jobs.fence = new.fence
)sql"};

// A second time some seconds after the first, for a claim that was still under way when the lease was swept.
const db::Query expired_sql{"jobs.expired", R"sql(
    select id from app.job_workers
    where lease_until < clock_timestamp() and (swept_at is null or swept_at < clock_timestamp() - interval '5 s')
    order by id
)sql"};

const db::Query fence_off_sql{"jobs.fence_off", R"sql(
    update app.job_workers set swept_at = clock_timestamp(), polling = false
    where id = $1 and swept_at is null and lease_until < clock_timestamp()
)sql"};

// A row only if no claim of this worker holds its lock any more; as a swept worker starts none, that is final.
const db::Query quiet_sql{"jobs.quiet", R"sql(
    select id from app.job_workers where id = $1 for update skip locked
)sql"};

const db::Query forget_sql{"jobs.forget", R"sql(
    delete from app.job_workers where id = $1
)sql"};

const db::Query held_sql{"jobs.held", R"sql(
    select account_id, id, kind, args, fence, attempts, run_at from app.jobs
    where state = 'ready' and worker = $1 limit 1000
)sql"};

/// Where a claimed job stands among its account's, and the account among those whose turn it was.
struct Turn {
    std::int64_t rank = 0;
    std::int64_t number = 0;
    bool more = false;
};
BOOST_DESCRIBE_STRUCT(Turn, (), (rank, number, more))

struct Keys {
    std::vector<Uuid> accounts;
    std::vector<Uuid> ids;
    std::vector<int> fences;

    void reserve(std::size_t count) {
        accounts.reserve(count);
        ids.reserve(count);
        fences.reserve(count);
    }
    template <class Job>
    void add(const Job& job) {
        accounts.push_back(job.account_id);
        ids.push_back(job.id);
        fences.push_back(job.fence);
    }
};

} // namespace

Store::Store(db::Database& db, const Clock& clock) : db_(db), clock_(clock) {}

Context Store::context() const {
    Context ctx(clock_);
    ctx.all_accounts = true;
    ctx.actor.kind = Actor::Kind::system;
    ctx.actor.name = "jobs";
    return ctx;
}

Task<std::int64_t> Store::enlist(std::string name) {
    auto ctx = context();
    co_return co_await db_.one<std::int64_t>(ctx, enlist_sql, name);
}

Task<bool> Store::heartbeat(std::int64_t worker) {
    auto ctx = context();
    auto alive = co_await db_.exec(ctx, heartbeat_sql, worker);
    co_return alive == 1;
}

Task<> Store::set_polling(std::int64_t worker, bool polling) {
    auto ctx = context();
    co_await db_.exec(ctx, polling_sql, worker, polling);
}

Task<> Store::resign(std::int64_t worker) {
    auto ctx = context();
    co_await db_.exec(ctx, resign_sql, worker);
}

Task<Store::Claim> Store::claim(std::int64_t worker, const std::vector<std::string>& kinds, int count, Uuid& cursor) {
    auto ctx = context();
    auto now = ctx.now();
    auto params = db::detail::params(worker, kinds, count, now, cursor);
    auto rows = co_await db_.run(ctx, claim_sql, std::move(params));
    auto jobs = db::detail::map_rows<Claimed>(rows);
    auto turns = db::detail::map_rows<Turn>(rows);

    // One job of each account, then the second of each: the local queue is as fair as the claim.
    std::vector<std::size_t> order(jobs.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(turns[i].rank, turns[i].number); });
    Claim claim;
    claim.jobs.reserve(jobs.size());
    std::int64_t last = 0;
    for (auto i : order) {
        if (turns[i].number > last) cursor = jobs[i].account_id;
        last = std::max(last, turns[i].number);
        claim.more = claim.more || turns[i].more;
        claim.jobs.push_back(std::move(jobs[i]));
    }
    co_return claim;
}

Task<Store::Promoted> Store::promote() {
    auto ctx = context();
    auto now = ctx.now();
    co_return co_await db_.one<Promoted>(ctx, promote_sql, now);
}

Task<std::int64_t> Store::remove(std::int64_t worker, const std::vector<Claimed>& jobs) {
    Keys keys;
    keys.reserve(jobs.size());
    for (const auto& job : jobs) keys.add(job);
    auto ctx = context();
    co_return co_await db_.exec(ctx, remove_sql, worker, keys.accounts, keys.ids, keys.fences);
}

Task<std::int64_t> Store::settle(std::int64_t worker, const std::vector<Settlement>& settlements) {
    Keys keys;
    keys.reserve(settlements.size());
    std::vector<Settlement::State> states;
    std::vector<Time> run_ats;
    std::vector<int> attempts;
    std::vector<std::string> errors;
    for (const auto& each : settlements) {
        keys.add(each);
        states.push_back(each.state);
        run_ats.push_back(each.run_at);
        attempts.push_back(each.attempts);
        errors.push_back(each.error ? to_json(*each.error) : std::string());
    }
    auto ctx = context();
    auto now = ctx.now();
    co_return co_await db_.exec(
        ctx, settle_sql, worker, keys.accounts, keys.ids, keys.fences, states, run_ats, attempts, errors, now
    );
}

Task<std::int64_t> Store::sweep(const Registry& registry) {
    auto ctx = context();
    auto expired = co_await db_.all<std::int64_t>(ctx, expired_sql);
    std::int64_t taken = 0;
    for (auto worker : expired) {
        auto first = co_await db_.exec(ctx, fence_off_sql, worker);
        if (first == 0) {
            auto quiet = co_await db_.maybe<std::int64_t>(ctx, quiet_sql, worker);
            if (!quiet) continue;
        }
        taken += co_await release(worker, registry);
        if (first == 0) co_await db_.exec(ctx, forget_sql, worker);
    }
    co_return taken;
}

Task<std::int64_t> Store::release(std::int64_t worker, const Registry& registry) {
    static const KindOptions unknown_kind;
    auto ctx = context();
    std::int64_t taken = 0;
    while (true) {
        auto held = co_await db_.all<Claimed>(ctx, held_sql, worker);
        if (held.empty()) co_return taken;
        auto now = ctx.now();
        std::vector<Settlement> settlements;
        for (const auto& job : held) {
            auto kind = registry.find(job.kind);
            const auto& options = kind ? kind->options : unknown_kind;
            settlements.push_back(after_crash(job, options, now));
        }
        taken += co_await settle(worker, settlements);
    }
}

} // namespace doorstep::jobs
