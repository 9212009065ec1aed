#pragma once

#include <memory>
#include <string>

#include "app/config.hpp"
#include "db/database.hpp"
#include "db/private_postgres.hpp"

namespace doorstep::app {

enum class SchemaCare {
    migrate, ///< bring it up to this binary's
    require, ///< refuse unless it is this binary's
    leave    ///< for the commands that look after it
};

/// The store of a command or a server: the one that DATABASE_URL names, or the private one under the data folder, which runs at
/// least as long as this lives. Throws std::runtime_error with one line of advice.
class Store {
public:
    Store(const Config& config, SchemaCare care);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// For migrations, dumps and bulk loads; row-level security holds for it too where the owner is no superuser.
    const std::string& owner_conninfo() const { return owner_; }
    /// For serving: powerless.
    const db::Options& options() const { return options_; }
    bool is_private() const { return private_ != nullptr; }

private:
    std::unique_ptr<db::PrivatePostgres> private_;
    std::string owner_;
    db::Options options_;
};

/// The schema version that this binary was made for.
int binary_schema_version();

} // namespace doorstep::app
