#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/migrations.hpp"

namespace doorstep::db {

/// The role the server works as: it owns nothing and row-level security holds for it.
inline constexpr const char* app_role = "doorstep_app";

/// One line for a person.
using MigrationLog = std::function<void(std::string_view line)>;

/// Brings the schema up to this binary's, each step in a transaction of its own together with its record; does nothing if it is
/// there. Servers that start together take turns. Makes the powerless role and grants it what it needs. `conninfo` is the
/// owner's. Throws std::runtime_error with one line of advice for a store it can't vouch for: newer than this binary, changed or
/// missing records.
void migrate_up(const std::string& conninfo, const MigrationLog& log);
/// Undoes the steps after version `to`.
void migrate_down(const std::string& conninfo, int to, const MigrationLog& log);

struct MigrationState {
    int version = 0;
    std::string name;
    std::string applied_at; ///< empty: not yet
};
std::vector<MigrationState> migration_status(const std::string& conninfo);
/// Throws std::runtime_error unless the schema is exactly this binary's.
void require_current_schema(const std::string& conninfo);

/// Throws std::runtime_error if the role that would serve could see every tenant: owner, superuser or BYPASSRLS. `role` is what
/// the server would SET ROLE to, empty: nothing.
void assert_powerless(const std::string& conninfo, const std::string& role);

/// The same on other steps than this binary's, for tests.
void migrate_up(const std::string& conninfo, const MigrationLog& log, std::span<const Migration> steps);
void migrate_down(const std::string& conninfo, int to, const MigrationLog& log, std::span<const Migration> steps);

} // namespace doorstep::db
