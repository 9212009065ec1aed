#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "http/router.hpp"

namespace doorstep::audit {

/// What the security log keeps of an act. `action` is the verb's name, as in the code ("invite_member", "revoke_api_key"); who and
/// when come from the Context. No secrets.
struct Act {
    std::string action;
    std::string subject_kind; ///< "user", "api_key", "account", …
    std::optional<Uuid> subject_id;
    std::string subject_name; ///< as people knew it then
    Json before;              ///< what was changed, objects with the changed members; empty: nothing
    Json after;
};

/// `{"name":value}` into an object that is empty or has members.
void add_member(Json& object, std::string_view name, std::string_view value);

/// Puts what differs between two states into `before` and `after`, but for versions and times of change.
template <class T>
void set_change(Act& act, const T& before, const T& after) {
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto d) {
        std::string_view name(d.name);
        auto old = to_json(before.*d.pointer);
        auto now = to_json(after.*d.pointer);
        if (name == "version" || name == "updated_at" || old == now) return;
        add_member(act.before, name, old);
        add_member(act.after, name, now);
    });
}

/// The act by which `before` became `after`: what differs, or all of it where it is new (no `before`) or gone (no `after`).
template <class T>
Act act_on(std::string action, std::string subject_kind, Uuid id, std::string name, const T* before, const T* after) {
    Act act{
        .action = std::move(action), .subject_kind = std::move(subject_kind), .subject_id = id, .subject_name = std::move(name)
    };
    if (before && after) {
        set_change(act, *before, *after);
    } else {
        if (before) act.before = Json{to_json(*before)};
        if (after) act.after = Json{to_json(*after)};
    }
    return act;
}

struct AuditActor {
    std::string kind;
    std::optional<Uuid> id;
    std::string name;
    std::optional<Uuid> account_id; ///< of agency staff who acted in a business
    BOOST_DESCRIBE_CLASS(AuditActor, (), (kind, id, name, account_id), (), ())
};

struct AuditSubject {
    std::string kind;
    std::optional<Uuid> id;
    std::string name;
    BOOST_DESCRIBE_CLASS(AuditSubject, (), (kind, id, name), (), ())
};

struct AuditEntry {
    Id<AuditEntry> id;
    std::int64_t seq = 0;
    Time at;
    std::string action;
    AuditActor actor;
    std::optional<Uuid> acted_in_account_id; ///< the business, where staff of its agency acted
    AuditSubject subject;
    Json before;
    Json after;
    std::optional<std::string> ip;
    std::optional<std::string> user_agent;
    std::string hash;
    BOOST_DESCRIBE_CLASS(
        AuditEntry, (), (id, seq, at, action, actor, acted_in_account_id, subject, before, after, ip, user_agent, hash), (), ()
    )
};

struct AuditFilter {
    std::optional<Line<1, 60>> action;
    std::optional<Uuid> actor_id;
    std::optional<Uuid> subject_id;
    std::optional<Time> from;  ///< this instant included
    std::optional<Time> until; ///< this one not
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(AuditFilter, (), (action, actor_id, subject_id, from, until, page, limit, cursor), (), ())
};

struct AuditRange {
    std::optional<Time> from;
    std::optional<Time> until;
    BOOST_DESCRIBE_CLASS(AuditRange, (), (from, until), (), ())
};

/// Whether each entry follows from the one before it.
struct AuditChain {
    std::int64_t entries = 0;
    bool intact = true;
    std::optional<std::int64_t> broken_at; ///< the first entry that does not fit
    std::optional<std::string> head;       ///< the last hash: noted elsewhere, it proves that nothing was cut off the end
    BOOST_DESCRIBE_CLASS(AuditChain, (), (entries, intact, broken_at, head), (), ())
};

/// The security log: append-only, chained by hashes, of each account.
class Audit {
public:
    explicit Audit(db::Database& db) : db_(db) {}

    /// Writes the act in the caller's transaction; best late in it, since writers of an account take turns from here to the
    /// commit.
    Task<> record(db::Session& tx, const Context& ctx, Act act);

    Task<http::Page<AuditEntry>> list(Context& ctx, const AuditFilter& filter);
    /// Oldest first, as CSV with a header line; error 422 where the range holds more than 100,000 entries.
    Task<std::string> export_csv(Context& ctx, const AuditRange& range);
    Task<AuditChain> verify(Context& ctx);

private:
    db::Database& db_;
};

void routes(http::Router& router, Audit& audit);

} // namespace doorstep::audit
