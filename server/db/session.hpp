#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/pool.hpp"

namespace doorstep::db {

/// Whose rows a statement may see.
struct Scope {
    explicit Scope(const Context& ctx, const Query* enter);

    Uuid account;
    Uuid home; ///< the account of the credential
    bool everyone;
    std::string credential; ///< empty: none, or not checked
    Time now;
    Plan plan = Plan::automatic;
};

/// Emits the statements (mostly one) that lead from one scope, or none, to another.
void enter_scope(const Scope& to, const Scope* from, const Query* enter, std::vector<Statement>& out);

/// Turns what went wrong with a segment into what the caller is to hear. `writes`: it may have changed something.
void require_done(Segment& segment, bool writes);

/// One transaction on one connection. Nothing is sent before the first statement that somebody waits for, and the connection is
/// borrowed only then.
class Transaction final : public Session {
public:
    Transaction(std::shared_ptr<Pool> pool, Scope scope, const Query* enter);

    Task<Rows> run(const Query& query, std::vector<Param> params) override;
    void queue_params(const Query& query, std::vector<Param> params) override;
    void after_commit(std::function<void()> action) override;

    Task<> commit();
    /// Never throws.
    Task<> rollback();
    /// The failure lies in what others did meanwhile, or in the connection before anything was decided.
    bool worth_another_try() const { return retryable_ && !outcome_unknown_; }
    void run_after_commit();

    /// A part that can fail alone, in its own scope.
    Task<> nested(const Scope& scope, const std::function<Task<>(Session&)>& body);
    Task<Rows> run_as(const Scope& scope, const Query& query, std::vector<Param> params);

private:
    void append(const Query& query, std::vector<Param> params);
    Task<Rows> flush();
    Task<> roll_back_to_savepoint();

    std::shared_ptr<Pool> pool_;
    const Query* enter_;
    Lease lease_;
    Scope wanted_;
    std::optional<Scope> entered_; ///< at the end of what is pending
    std::vector<Statement> pending_;
    std::uint64_t flushed_ = 0; ///< statements sent so far: tells whether a savepoint has been
    bool begun_ = false;
    bool outcome_unknown_ = false;
    bool retryable_ = false;
    std::optional<Failure> doom_; ///< the failure after which only a rollback is possible
    std::vector<std::function<void()>> after_commit_;
};

} // namespace doorstep::db
