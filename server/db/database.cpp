#include "db/database.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

#include "db/pool.hpp"
#include "db/session.hpp"

namespace doorstep::db {

namespace {

constexpr int transaction_tries = 6;
constexpr int statement_tries = 4; // a restart takes all connections down, and a statement may meet one after the other
constexpr int innocent_tries = 10; // of a statement that never ran because the one ahead of it took the connection down

/// Whether running it twice is like running it once. A select without FROM calls a function, and who knows what that does.
bool only_reads(const Query& query) {
    std::string_view sql = query.sql();
    auto start = sql.find_first_not_of(" \t\r\n");
    return start != sql.npos && sql.substr(start).starts_with("select") && sql.find("from") != sql.npos;
}

Transaction& as_transaction(Session& session) {
    auto* transaction = dynamic_cast<Transaction*>(&session);
    if (!transaction) throw std::logic_error("the outer session is not one of Database's");
    return *transaction;
}

} // namespace

struct Database::Impl {
    Impl(boost::asio::io_context& io, Options options)
        : enter(options.enter), pool(std::make_shared<Pool>(io, std::move(options))) {}

    const Query* enter;
    std::shared_ptr<Pool> pool;
};

Database::Database(boost::asio::io_context& io, Options options) : impl_(std::make_unique<Impl>(io, std::move(options))) {}

Database::~Database() {
    impl_->pool->abort();
}

void Database::close() {
    impl_->pool->close();
}

PoolCounters Database::counters() const {
    return impl_->pool->counters();
}

Task<Rows> Database::run(const Context& ctx, const Query& query, std::vector<Param> params) {
    std::vector<Statement> statements;
    statements.push_back({&query, std::move(params)});
    auto results = co_await run_all(ctx, std::move(statements));
    co_return std::move(results.front());
}

Task<std::vector<Rows>> Database::run_all(const Context& ctx, std::vector<Statement> statements, Plan plan) {
    Scope scope(ctx, impl_->enter);
    scope.plan = plan;
    if (ctx.outer) {
        auto& transaction = as_transaction(*ctx.outer);
        std::vector<Rows> results;
        for (auto& [query, params] : statements) {
            auto pending = transaction.run_as(scope, *query, std::move(params));
            results.push_back(co_await std::move(pending));
        }
        co_return results;
    }
    for (const auto& [query, params] : statements) Connection::require_sendable(*query, params);
    bool reads = std::ranges::all_of(statements, [](const Statement& one) { return only_reads(*one.query); });
    std::vector<Statement> entry;
    enter_scope(scope, nullptr, impl_->enter, entry);
    auto pool = impl_->pool; // may outlive this object
    int tries = 1, innocent = 1;
    for (;;) {
        auto connection = pool->ready_shared();
        if (!connection) connection = co_await pool->shared();
        auto lease = pool->way_round(*connection);
        if (lease) connection = lease.connection();
        auto segment = connection->begin();
        for (const auto& statement : statements) connection->prepare(*segment, *statement.query);
        for (const auto& [query, params] : entry) connection->add(*segment, *query, params);
        for (const auto& [query, params] : statements) connection->add(*segment, *query, params, true);
        connection->send(segment);
        co_await segment->finished(pool->io());

        if (segment->lost == Segment::Lost::never_run && innocent++ < innocent_tries) continue;
        bool again = segment->lost == Segment::Lost::rolled_back || (segment->lost == Segment::Lost::unknown && reads);
        // The statement's plan died with a change of the schema, or somebody else's Parse that this one relied on failed.
        if (segment->failure) again = segment->failure->sqlstate == "26000" || segment->failure->sqlstate == "0A000";
        if (again && tries++ < statement_tries) continue;
        require_done(*segment, !reads);
        co_return std::move(segment->results);
    }
}

Task<> Database::transact(const Context& ctx, const std::function<Task<>(Session&)>& body, Plan plan) {
    Scope scope(ctx, impl_->enter);
    scope.plan = plan;
    if (ctx.outer) {
        co_await as_transaction(*ctx.outer).nested(scope, body);
        co_return;
    }
    auto pool = impl_->pool; // may outlive this object
    const auto* enter = impl_->enter;
    for (int tries = 1;; ++tries) {
        Transaction transaction(pool, scope, enter);
        std::exception_ptr problem;
        try {
            co_await body(transaction);
            co_await transaction.commit();
        } catch (...) {
            problem = std::current_exception();
        }
        if (!problem) {
            transaction.run_after_commit();
            co_return;
        }
        co_await transaction.rollback();
        if (!transaction.worth_another_try() || tries == transaction_tries) std::rethrow_exception(problem);
        boost::asio::steady_timer pause(pool->io(), pool->jitter(std::chrono::milliseconds(5 << tries)));
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
}

} // namespace doorstep::db
