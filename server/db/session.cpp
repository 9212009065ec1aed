#include "db/session.hpp"

#include "core/log.hpp"

namespace doorstep::db {

namespace {

const Query begin_sql{"db.begin", "begin"};
const Query commit_sql{"db.commit", "commit"};
const Query rollback_sql{"db.rollback", "rollback"};
// The same name at every depth: PostgreSQL means the innermost.
const Query savepoint_sql{"db.savepoint", "savepoint part"};
const Query release_sql{"db.release", "release savepoint part"};
const Query rollback_to_sql{"db.rollback_to", "rollback to savepoint part"};

const Query enter_account_sql{"db.enter_account", "select set_config('app.account', $1, true)"};
const Query enter_everyone_sql{"db.enter_everyone", "select set_config('app.everyone', $1, true)"};
const Query enter_scope_sql{
    "db.enter_scope", "select set_config('app.account', $1, true), set_config('app.everyone', $2, true)"
};

const Query plan_generically_sql{"db.plan_generically", "select set_config('plan_cache_mode', 'force_generic_plan', true)"};
const Query plan_by_index_sql{
    "db.plan_by_index",
    "select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)"
};

constexpr std::string_view live_credential = "live_credential"; // the domain of 0001_foundation

} // namespace

Scope::Scope(const Context& ctx, const Query* enter)
    : account(ctx.account_id),
      home(ctx.actor.home_account.is_nil() ? ctx.account_id : ctx.actor.home_account),
      everyone(ctx.all_accounts),
      now(ctx.now()) {
    if (enter && ctx.credential && !account.is_nil()) credential = *ctx.credential;
}

void enter_scope(const Scope& to, const Scope* from, const Query* enter, std::vector<Statement>& out) {
    auto account = from ? from->account : Uuid{};
    auto everyone = from && from->everyone;
    bool checked = to.credential.empty() || (from && from->credential == to.credential && from->account == to.account);
    if (!checked) {
        auto& pending = out.emplace_back(enter);
        pending.params.reserve(5);
        pending.params.emplace_back(to.account.text());
        pending.params.emplace_back(to.credential);
        pending.params.push_back(to_param(to.now));
        pending.params.emplace_back(to.home.text());
        pending.params.emplace_back(to.plan == Plan::automatic ? "auto" : "force_generic_plan");
        account = to.account;
    }
    auto account_text = [&] { return to.account.is_nil() ? std::string() : to.account.text(); };
    auto everyone_text = [&] { return std::string(to.everyone ? "on" : ""); };
    if (account != to.account && everyone != to.everyone) {
        auto& pending = out.emplace_back(&enter_scope_sql);
        pending.params.emplace_back(account_text());
        pending.params.emplace_back(everyone_text());
    } else if (account != to.account) {
        out.emplace_back(&enter_account_sql).params.emplace_back(account_text());
    } else if (everyone != to.everyone) {
        out.emplace_back(&enter_everyone_sql).params.emplace_back(everyone_text());
    }
    bool planned = from && from->plan == to.plan;
    if (to.plan == Plan::by_index && !planned) out.emplace_back(&plan_by_index_sql);
    if (to.plan == Plan::generic && !planned && to.credential.empty()) out.emplace_back(&plan_generically_sql);
}

void require_done(Segment& segment, bool writes) {
    if (segment.lost == Segment::Lost::unknown && writes)
        throw unavailable("commit_unknown", "The connection to the database was lost; whether the change was made is unknown.");
    if (segment.lost != Segment::Lost::no)
        throw unavailable("store_unavailable", "The database does not answer at the moment. Try again shortly.");
    if (!segment.failure) return;
    if (segment.failure->sqlstate == "23502" && segment.failure->constraint == live_credential)
        throw unauthorized("Your session has ended. Sign in again.");
    throw *segment.failure;
}

Transaction::Transaction(std::shared_ptr<Pool> pool, Scope scope, const Query* enter)
    : pool_(std::move(pool)), enter_(enter), wanted_(std::move(scope)) {}

void Transaction::append(const Query& query, std::vector<Param> params) {
    Connection::require_sendable(query, params);
    if (!begun_ && pending_.empty()) pending_.push_back({&begin_sql, {}});
    enter_scope(wanted_, entered_ ? &*entered_ : nullptr, enter_, pending_);
    entered_ = wanted_;
    pending_.push_back({&query, std::move(params)});
}

void Transaction::queue_params(const Query& query, std::vector<Param> params) {
    append(query, std::move(params));
}

Task<Rows> Transaction::run(const Query& query, std::vector<Param> params) {
    append(query, std::move(params));
    co_return co_await flush();
}

Task<Rows> Transaction::flush() {
    if (!lease_) {
        auto lease = co_await pool_->exclusive();
        lease_ = std::move(lease);
    }
    bool committing = pending_.back().query == &commit_sql;
    auto segment = lease_->begin();
    for (const auto& [query, params] : pending_) lease_->prepare(*segment, *query);
    for (const auto& statement : pending_) {
        bool awaited = &statement == &pending_.back();
        lease_->add(*segment, *statement.query, statement.params, awaited);
    }
    flushed_ += pending_.size();
    pending_.clear();
    begun_ = true;
    lease_->send(segment);
    co_await segment->finished(pool_->io());
    bool lost_at_work = segment->lost == Segment::Lost::unknown || segment->lost == Segment::Lost::rolled_back;
    if (lost_at_work && committing) {
        segment->lost = Segment::Lost::unknown; // the server's farewell in place of COMMIT's answer proves little
        outcome_unknown_ = true;
    }
    if (segment->lost != Segment::Lost::no) retryable_ = true;
    if (segment->failure && !doom_) {
        doom_ = segment->failure;
        // Some fail by what others do meanwhile, some because their plan died with a change of the schema.
        retryable_ = doom_->retryable() || doom_->sqlstate == "26000" || doom_->sqlstate == "0A000";
    }
    require_done(*segment, committing);
    if (committing && segment->last_tag != "COMMIT") throw std::logic_error("COMMIT was answered with " + segment->last_tag);
    co_return std::move(segment->results.back());
}

Task<> Transaction::commit() {
    // A failure that the body swallowed without a savepoint: PostgreSQL would answer COMMIT with a rollback.
    if (doom_) throw Failure(*doom_);
    if (!begun_ && pending_.empty()) co_return;
    pending_.push_back({&commit_sql, {}});
    co_await flush();
    lease_.give_back();
    begun_ = false;
}

Task<> Transaction::rollback() {
    pending_.clear();
    if (!begun_ || !lease_) co_return;
    // One who was cancelled can't wait any more; the pool rolls back what is given back in this state.
    auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    bool can_wait = cancellation.cancelled() == boost::asio::cancellation_type::none;
    if (can_wait && lease_->usable() && lease_->in_flight() == 0) {
        auto segment = lease_->begin();
        lease_->add(*segment, rollback_sql, {});
        lease_->send(segment);
        try {
            co_await segment->finished(pool_->io());
        } catch (const boost::system::system_error&) {
            // Cancelled just now.
        }
    }
    lease_.give_back();
    begun_ = false;
}

void Transaction::after_commit(std::function<void()> action) {
    after_commit_.push_back(std::move(action));
}

void Transaction::run_after_commit() {
    for (auto& action : std::exchange(after_commit_, {})) {
        try {
            action();
        } catch (const std::exception& problem) {
            // The change is made; that a page was not told must not look as if it had failed.
            log::error("an action after a commit failed", {{"problem", problem.what()}});
        }
    }
}

// --- transactions within ------------------------------------------------------------------------------------------

Task<> Transaction::nested(const Scope& scope, const std::function<Task<>(Session&)>& body) {
    auto outside = std::exchange(wanted_, scope);
    auto entered_before = entered_;
    auto actions_before = after_commit_.size();
    // Directly, in the surrounding scope: rolling back to it must bring that back.
    if (!begun_ && pending_.empty()) pending_.push_back({&begin_sql, {}});
    auto position = flushed_ + pending_.size();
    auto queued_before = pending_.size();
    pending_.push_back({&savepoint_sql, {}});

    std::exception_ptr problem;
    try {
        co_await body(*this);
        if (doom_) throw Failure(*doom_);
        pending_.push_back({&release_sql, {}});
    } catch (...) {
        problem = std::current_exception();
    }
    wanted_ = outside;
    if (!problem) co_return;

    after_commit_.resize(actions_before);
    if (flushed_ <= position) {
        pending_.resize(queued_before); // the savepoint was never sent
        entered_ = entered_before;
    } else {
        pending_.clear();
        auto cancellation = co_await boost::asio::this_coro::cancellation_state;
        if (cancellation.cancelled() == boost::asio::cancellation_type::none && !retryable_) {
            co_await roll_back_to_savepoint();
            entered_ = entered_before;
        }
    }
    std::rethrow_exception(problem);
}

Task<> Transaction::roll_back_to_savepoint() {
    auto segment = lease_->begin();
    lease_->add(*segment, rollback_to_sql, {});
    lease_->add(*segment, release_sql, {});
    lease_->send(segment);
    co_await segment->finished(pool_->io());
    // Where that fails too, the transaction is lost as a whole.
    if (segment->lost != Segment::Lost::no) {
        retryable_ = true;
    } else if (!segment->failure) {
        doom_.reset();
    }
}

Task<Rows> Transaction::run_as(const Scope& scope, const Query& query, std::vector<Param> params) {
    auto outside = std::exchange(wanted_, scope);
    std::exception_ptr problem;
    Rows rows;
    try {
        rows = co_await run(query, std::move(params));
    } catch (...) {
        problem = std::current_exception();
    }
    wanted_ = outside;
    if (problem) std::rethrow_exception(problem);
    co_return rows;
}

} // namespace doorstep::db
