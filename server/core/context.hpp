#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.hpp"
#include "core/id.hpp"

namespace doorstep {

namespace db {
class Session;
}

/// Who acts: shown in the timeline, written to the audit log.
struct Actor {
    enum class Kind { nobody, user, api_key, contact, provider, system };

    Kind kind = Kind::nobody;
    Uuid id{};
    std::string name;
    /// The account they belong to, where it is not the Context's: staff of an agency acting in a business. Nil: the same.
    Uuid home_account{};
};

/// On whose behalf and when something is done; passed explicitly to every verb of every module. An HTTP request, a job, a
/// command and a test each make one. Cheap to copy.
struct Context {
    explicit Context(const Clock& clock) : clock(&clock) {}

    Time now() const { return clock->now(); }

    const Clock* clock;
    /// The tenant. Nil: none, and row-level security then shows no tenant's row.
    Uuid account_id{};
    /// Every tenant at once: schedules, webhooks before their tenant is known. Never for a request of a signed-in client.
    bool all_accounts = false;
    /// SHA-256 of the session token or API key that must still be alive in the transaction that does the work.
    std::optional<std::string> credential;
    Actor actor;
    /// For logs and problem documents: the request's or job's id.
    std::string trace_id;
    /// The client's address, empty in jobs.
    std::string ip;
    std::string user_agent;
    /// The surrounding transaction that inner ones join as savepoints: set by idempotency keys and by tests.
    db::Session* outer = nullptr;
};

} // namespace doorstep
