#pragma once

#include <span>
#include <string_view>

namespace doorstep::db {

/// A step of the schema: db/migrations/0001_name.up.sql and its way back, 0001_name.down.sql.
struct Migration {
    int version;
    std::string_view name;
    std::string_view up;
    std::string_view down;
};

/// Every migration that is built into this binary, in order, versions counting from 1 without gaps.
std::span<const Migration> all_migrations();

} // namespace doorstep::db
