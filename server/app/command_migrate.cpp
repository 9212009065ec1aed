#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/commands.hpp"
#include "app/store.hpp"
#include "db/migrate.hpp"

namespace doorstep::app {

namespace {

void print_line(std::string_view line) {
    fmt::print("{}\n", line);
}

void print_status(const std::string& conninfo) {
    for (const auto& step : db::migration_status(conninfo)) {
        fmt::print("{:>4}  {:<24} {}\n", step.version, step.name, step.applied_at.empty() ? "not yet" : step.applied_at);
    }
}

} // namespace

void add_migrate_command(CommandLine& line) {
    static int down_to = -1;
    auto* migrate = line.app.add_subcommand("migrate", "the schema: up, down or status");
    migrate->require_subcommand(1);

    auto* up = migrate->add_subcommand("up", "bring the schema up to this version's");
    line.add_config_flags(*up);
    up->callback([&line] {
        line.run = [&line] {
            Store store(line.config(), SchemaCare::leave);
            db::migrate_up(store.owner_conninfo(), print_line);
        };
    });

    auto* down = migrate->add_subcommand("down", "undo the last step, or all after --to; what these steps keep is lost");
    line.add_config_flags(*down);
    down->add_option("--to", down_to, "the version that stays; 0: an empty store");
    down->callback([&line] {
        line.run = [&line] {
            Store store(line.config(), SchemaCare::leave);
            int to = down_to;
            if (to < 0) {
                for (const auto& step : db::migration_status(store.owner_conninfo())) {
                    if (!step.applied_at.empty()) to = step.version - 1;
                }
            }
            if (to >= 0) db::migrate_down(store.owner_conninfo(), to, print_line);
        };
    });

    auto* status = migrate->add_subcommand("status", "which steps the store has");
    line.add_config_flags(*status);
    status->callback([&line] {
        line.run = [&line] {
            Store store(line.config(), SchemaCare::leave);
            print_status(store.owner_conninfo());
        };
    });
}

} // namespace doorstep::app
