#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "core/context.hpp"
#include "core/task.hpp"
#include "db/query.hpp"

namespace boost::asio {
class io_context;
}

namespace doorstep::db {

/// A statement failed. `constraint` is API: modules map the names they know to answers (contacts_email_key: a 409 on `email`).
class Failure : public std::exception {
public:
    Failure(std::string sqlstate, std::string constraint, std::string message, std::string query);

    const char* what() const noexcept override { return message.c_str(); }
    /// 40001, 40P01: the transaction is worth another try as a whole.
    bool retryable() const { return sqlstate == "40001" || sqlstate == "40P01"; }
    bool unique_violation(std::string_view constraint_name) const {
        return sqlstate == "23505" && constraint == constraint_name;
    }

    std::string sqlstate; ///< class 08 and 57P0x: the connection is gone; "" where the server said nothing
    std::string constraint;
    std::string message;
    std::string query; ///< the Query's name
};

/// The rows of one result, in text format. Cheap to move.
class Rows {
public:
    Rows();
    Rows(Rows&&) noexcept;
    Rows& operator=(Rows&&) noexcept;
    ~Rows();

    std::size_t size() const;
    std::size_t columns() const;
    std::string_view column_name(std::size_t column) const;
    /// -1 where there is none; looked for from `guess` on.
    int column(std::string_view name, std::size_t guess = 0) const;
    std::optional<std::string_view> at(std::size_t row, std::size_t column) const;
    /// Rows inserted, updated, deleted or selected.
    std::int64_t affected() const;
    /// The name of the Query that this answers.
    std::string_view query_name() const { return query_ ? query_->name() : ""; }

private:
    friend class Connection;
    Rows(void* result, const Query* query);
    void* result_; // PGresult
    const Query* query_ = nullptr;
};

/// How PostgreSQL plans a prepared statement. Since it takes a LIMIT that it does not know for a tenth of the table, it finds a
/// new plan cheaper each time, and planning a page of a list costs as much as reading it: where one plan is right for all
/// parameters, it is to be generic. `by_index` besides never reads a table from end to end, however small it is by the
/// statistics: for batches of work that find each row by its key, whose plans are made while the tables are still empty.
enum class Plan { automatic, generic, by_index };

/// A statement and its parameters.
struct Statement {
    const Query* query;
    std::vector<Param> params;
};

namespace detail {
[[noreturn]] void missing_column(const Rows& rows, std::string_view name);
[[noreturn]] void no_row(const Rows& rows);

/// Maps rows to Ts: a described struct by column names, anything else from the first column.
template <class T>
std::vector<T> map_rows(const Rows& rows) {
    std::vector<T> items;
    items.reserve(rows.size());
    if constexpr (DescribedStruct<T>) {
        constexpr auto count = boost::mp11::mp_size<MembersOf<T>>::value;
        int columns[count + 1];
        std::size_t next = 0;
        boost::mp11::mp_for_each<MembersOf<T>>([&rows, &columns, &next](auto d) {
            auto index = rows.column(d.name, next);
            if (index < 0) missing_column(rows, d.name);
            columns[next++] = index;
        });
        for (std::size_t row = 0; row < rows.size(); ++row) {
            T& item = items.emplace_back();
            std::size_t member = 0;
            boost::mp11::mp_for_each<MembersOf<T>>([&item, &rows, &columns, &member, row](auto d) {
                using Member = std::remove_cvref_t<decltype(item.*d.pointer)>;
                item.*d.pointer = from_column<Member>(rows.at(row, std::size_t(columns[member++])));
            });
        }
    } else {
        for (std::size_t row = 0; row < rows.size(); ++row) items.push_back(from_column<T>(rows.at(row, 0)));
    }
    return items;
}

template <class T>
std::optional<T> map_first(const Rows& rows) {
    auto items = map_rows<T>(rows);
    if (items.empty()) return std::nullopt;
    return std::move(items.front());
}

template <class T>
T map_only(const Rows& rows) {
    auto first = map_first<T>(rows);
    if (!first) no_row(rows);
    return std::move(*first);
}

/// What of the answer is wanted, once it is there.
template <class Result>
Task<Result> mapped(Task<Rows> pending, Result (*map)(const Rows&)) {
    auto rows = co_await std::move(pending);
    co_return map(rows);
}
std::int64_t affected(const Rows& rows);

template <class... Args>
std::vector<Param> params(const Args&... args) {
    std::vector<Param> list;
    list.reserve(sizeof...(Args));
    (list.push_back(to_param(args)), ...);
    return list;
}
} // namespace detail

/// A statement and what its rows are to become: see Database::together.
template <class Result>
struct Ask {
    Statement statement;
    Result (*map)(const Rows&);
};

template <class T, class... Args>
Ask<T> ask_one(const Query& query, const Args&... args) {
    return {{&query, detail::params(args...)}, &detail::map_only<T>};
}
template <class T, class... Args>
Ask<std::optional<T>> ask_maybe(const Query& query, const Args&... args) {
    return {{&query, detail::params(args...)}, &detail::map_first<T>};
}
template <class T, class... Args>
Ask<std::vector<T>> ask_all(const Query& query, const Args&... args) {
    return {{&query, detail::params(args...)}, &detail::map_rows<T>};
}

/// A transaction that is open: on one connection, within the tenant of its Context. Not for keeping.
class Session {
public:
    virtual ~Session() = default;

    /// The first row; a missing one is a bug (std::logic_error).
    template <class T, class... Args>
    Task<T> one(const Query& query, const Args&... args) {
        return detail::mapped(run(query, detail::params(args...)), &detail::map_only<T>);
    }
    template <class T, class... Args>
    Task<std::optional<T>> maybe(const Query& query, const Args&... args) {
        return detail::mapped(run(query, detail::params(args...)), &detail::map_first<T>);
    }
    template <class T, class... Args>
    Task<std::vector<T>> all(const Query& query, const Args&... args) {
        return detail::mapped(run(query, detail::params(args...)), &detail::map_rows<T>);
    }
    /// The number of rows affected.
    template <class... Args>
    Task<std::int64_t> exec(const Query& query, const Args&... args) {
        return detail::mapped(run(query, detail::params(args...)), &detail::affected);
    }
    /// Sends the statement along with the next awaited one or the commit, in the same round trip. Its failure surfaces there.
    template <class... Args>
    void queue(const Query& query, const Args&... args) {
        queue_params(query, detail::params(args...));
    }

    virtual Task<Rows> run(const Query& query, std::vector<Param> params) = 0;
    virtual void queue_params(const Query& query, std::vector<Param> params) = 0;

    /// Runs `action` after a successful COMMIT (never after a rollback): wake a worker, publish to live pages.
    virtual void after_commit(std::function<void()> action) = 0;
};

struct Options {
    std::string conninfo;      ///< libpq's: a URI or key=value pairs, for the server's (powerless) role
    std::string role;          ///< SET ROLE at connect, empty: none
    std::size_t shared = 2;    ///< connections that many single statements share by pipelining
    std::size_t exclusive = 8; ///< connections that transactions borrow, opened on demand
    std::chrono::milliseconds statement_timeout{15'000};
    std::chrono::milliseconds patience{5'000}; ///< of a caller without a connection, until 503
    /// The statement that enters a tenant with a credential: ($1 account uuid, $2 credential in hex, $3 now, $4 account uuid of
    /// the credential, mostly the same, $5 plan_cache_mode) -> one row, one text column: not NULL if the credential is alive and
    /// may act in $1; it sets app.account to $1 and plan_cache_mode to $5 for the transaction. It must be fit to stand as a
    /// scalar subquery (no INSERT or UPDATE in a WITH). Null: credentials are not checked here.
    const Query* enter = nullptr;
};

/// What a Database has at hand just now, for metrics.
struct PoolCounters {
    std::size_t shared = 0;
    std::size_t exclusive_idle = 0;
    std::size_t exclusive_lent = 0;
    std::size_t waiting = 0;
    std::uint64_t reconnects = 0;
};

/// PostgreSQL as one thread sees it. Every statement runs within the tenant of its Context; where the Context carries a
/// credential that has ended meanwhile, Error 401 is thrown and nothing is done.
class Database {
public:
    Database(boost::asio::io_context& io, Options options);
    ~Database();

    /// Runs `body(Session&)` in a transaction and commits; rolls back on any exception and rethrows it. Serialisation failures
    /// and deadlocks run the body again, five times with jitter. With ctx.outer it is a savepoint there. BEGIN, the tenant and
    /// the first statement share a round trip, as do the statements that were queued and COMMIT. `plan` is for all statements.
    template <class Body>
    auto transaction(const Context& ctx, Body& body) -> std::invoke_result_t<Body&, Session&> {
        return transaction(ctx, Plan::automatic, body);
    }
    template <class Body>
    auto transaction(const Context& ctx, Plan plan, Body& body) -> std::invoke_result_t<Body&, Session&> {
        using Value = typename std::invoke_result_t<Body&, Session&>::value_type;
        if constexpr (std::is_void_v<Value>) {
            std::function<Task<>(Session&)> run = [&body](Session& session) { return body(session); };
            co_await transact(ctx, run, plan);
        } else {
            std::optional<Value> value;
            auto keep = [&body, &value](Session& session) -> Task<> { value.emplace(co_await body(session)); };
            std::function<Task<>(Session&)> run = [&keep](Session& session) { return keep(session); };
            co_await transact(ctx, run, plan);
            co_return std::move(*value);
        }
    }

    /// One statement on its own: pipelined with those of other requests, one round trip together with its tenant.
    template <class T, class... Args>
    Task<T> one(const Context& ctx, const Query& query, const Args&... args) {
        return map_first_of(run_all(ctx, only(query, args...)), &detail::map_only<T>);
    }
    template <class T, class... Args>
    Task<std::optional<T>> maybe(const Context& ctx, const Query& query, const Args&... args) {
        return map_first_of(run_all(ctx, only(query, args...)), &detail::map_first<T>);
    }
    template <class T, class... Args>
    Task<std::vector<T>> all(const Context& ctx, const Query& query, const Args&... args) {
        return map_first_of(run_all(ctx, only(query, args...)), &detail::map_rows<T>);
    }
    template <class... Args>
    Task<std::int64_t> exec(const Context& ctx, const Query& query, const Args&... args) {
        return map_first_of(run_all(ctx, only(query, args...)), &detail::affected);
    }

    Task<Rows> run(const Context& ctx, const Query& query, std::vector<Param> params);

    /// Several statements that do not need each other's answers, in one round trip and one implicit transaction:
    ///   auto [total, clients] = co_await db.together(ctx, ask_one<std::int64_t>(count_sql, …), ask_all<Client>(list_sql, …));
    template <class... Results>
    Task<std::tuple<Results...>> together(const Context& ctx, Ask<Results>... asks) {
        return together(ctx, Plan::automatic, std::move(asks)...);
    }
    template <class... Results>
    Task<std::tuple<Results...>> together(const Context& ctx, Plan plan, Ask<Results>... asks) {
        std::vector<Statement> statements;
        statements.reserve(sizeof...(Results));
        (statements.push_back(std::move(asks.statement)), ...);
        return map_each<Results...>(run_all(ctx, std::move(statements), plan), asks.map...);
    }

    /// Ends idle connections and refuses new work; what runs may finish.
    void close();

    PoolCounters counters() const;

private:
    Task<> transact(const Context& ctx, const std::function<Task<>(Session&)>& body, Plan plan);
    Task<std::vector<Rows>> run_all(const Context& ctx, std::vector<Statement> statements, Plan plan = Plan::automatic);

    template <class... Args>
    static std::vector<Statement> only(const Query& query, const Args&... args) {
        std::vector<Statement> statements;
        statements.push_back({&query, detail::params(args...)});
        return statements;
    }
    template <class Result>
    static Task<Result> map_first_of(Task<std::vector<Rows>> pending, Result (*map)(const Rows&)) {
        auto rows = co_await std::move(pending);
        co_return map(rows.front());
    }
    template <class... Results>
    static Task<std::tuple<Results...>> map_each(Task<std::vector<Rows>> pending, Results (*... map)(const Rows&)) {
        auto rows = co_await std::move(pending);
        std::size_t next = 0;
        // Braces fix the order of evaluation.
        co_return std::tuple<Results...>{map(rows[next++])...};
    }

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace doorstep::db
