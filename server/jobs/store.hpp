#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "jobs/settlement.hpp"

namespace doorstep::jobs {

/// What workers say to PostgreSQL. Each is one statement and one transaction of its own, sent in one go, so that a process that
/// freezes never leaves locks behind.
class Store {
public:
    Store(db::Database& db, const Clock& clock);

    /// A new lease, under a new worker id.
    Task<std::int64_t> enlist(std::string name);
    /// Prolongs the lease; false: it has been swept, and nothing that was claimed under it is the worker's any more.
    Task<bool> heartbeat(std::int64_t worker);
    Task<> set_polling(std::int64_t worker, bool polling);
    Task<> resign(std::int64_t worker);

    /// Claims up to `count` jobs of these kinds that are due, the accounts taking turns from the one after `cursor` on, and moves
    /// the cursor. `more`: there may be others at once.
    struct Claim {
        std::vector<Claimed> jobs;
        bool more = false;
    };
    Task<Claim> claim(std::int64_t worker, const std::vector<std::string>& kinds, int count, Uuid& cursor);
    /// Makes jobs ready whose time has come, up to a batch; the time of the next one.
    static constexpr std::int64_t promote_batch = 1000;
    struct Promoted {
        std::int64_t count = 0;
        std::optional<Time> next;
        BOOST_DESCRIBE_CLASS(Promoted, (), (count, next), (), ())
    };
    Task<Promoted> promote();

    /// Removes jobs that are done (or cancelled); how many of them were still the worker's.
    Task<std::int64_t> remove(std::int64_t worker, const std::vector<Claimed>& jobs);
    Task<std::int64_t> settle(std::int64_t worker, const std::vector<Settlement>& settlements);

    /// Takes the jobs of workers whose lease has ended away from them, as failed attempts; how many.
    Task<std::int64_t> sweep(const Registry& registry);

    Context context() const;

private:
    Task<std::int64_t> release(std::int64_t worker, const Registry& registry);

    db::Database& db_;
    const Clock& clock_;
};

} // namespace doorstep::jobs
