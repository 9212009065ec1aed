#include "app/store.hpp"

#include "core/log.hpp"
#include "db/migrate.hpp"

namespace doorstep::app {

Store::Store(const Config& config, SchemaCare care) {
    if (config.database_url.value.empty()) {
        auto log = [](std::string_view line) { log::info("private PostgreSQL", {{"step", line}}); };
        private_ = db::PrivatePostgres::start(config.doorstep_data, log);
        owner_ = private_->owner_conninfo();
        options_.conninfo = private_->app_conninfo();
    } else {
        owner_ = config.database_url.value;
        options_.conninfo = config.database_url.value;
        options_.role = db::app_role;
    }

    auto log_step = [](std::string_view line) { log::info("schema", {{"step", line}}); };
    if (care == SchemaCare::migrate) {
        db::migrate_up(owner_, log_step);
    } else if (care == SchemaCare::require) {
        db::require_current_schema(owner_);
    }
    if (care != SchemaCare::leave) db::assert_powerless(options_.conninfo, options_.role);
}

Store::~Store() = default;

int binary_schema_version() {
    auto all = db::all_migrations();
    return all.empty() ? 0 : all.back().version;
}

} // namespace doorstep::app
