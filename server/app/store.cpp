#include "app/store.hpp"

#include <stdexcept>

#include "core/log.hpp"
#include "db/migrate.hpp"

namespace doorstep::app {

struct Store::Private {};

Store::Store(const Config& config, SchemaCare care) {
    if (config.database_url.empty()) throw std::runtime_error("set DATABASE_URL");
    owner_ = config.database_url;
    options_.conninfo = config.database_url;
    options_.role = db::app_role;

    auto log = [](std::string_view line) { log::info("schema", {{"step", line}}); };
    if (care == SchemaCare::migrate) {
        db::migrate_up(owner_, log);
    } else if (care == SchemaCare::require) {
        db::require_current_schema(owner_);
    }
    if (care != SchemaCare::leave) db::assert_powerless(options_.conninfo, options_.role);
}

Store::~Store() = default;

bool Store::is_private() const { return private_ != nullptr; }

int binary_schema_version() {
    auto all = db::all_migrations();
    return all.empty() ? 0 : all.back().version;
}

} // namespace doorstep::app
