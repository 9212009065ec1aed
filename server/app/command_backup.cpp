#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "app/backup.hpp"
#include "app/commands.hpp"
#include "app/master_key.hpp"
#include "app/store.hpp"

namespace doorstep::app {

namespace {

BackupPlace place_of(const Config& config, const Store& store) {
    return {store.owner_conninfo(), std::filesystem::path(config.doorstep_data) / "files", master_key(config)};
}

std::string where_the_key_is(const Config& config) {
    return config.doorstep_master_key.empty() ? master_key_file(config) : std::string("DOORSTEP_MASTER_KEY");
}

void run_backup(const Config& config, const std::string& file) {
    Store store(config, SchemaCare::leave);
    auto manifest = back_up(place_of(config, store), file);
    std::int64_t rows = 0;
    for (const auto& [table, digest] : manifest.tables) rows += digest.rows;
    fmt::print(
        "{}: {} rows of {} tables, schema {}.\nThe master key is not in it: keep {} in another safe place.\n", file, rows,
        manifest.tables.size(), manifest.schema, where_the_key_is(config)
    );
}

void run_restore(const Config& config, const std::string& file, bool verify) {
    Store store(config, SchemaCare::leave);
    auto place = place_of(config, store);
    if (verify) {
        verify_backup(place, file);
        fmt::print("{} restores: every table has the rows and contents that were backed up.\n", file);
        if (has_accounts(place.conninfo)) {
            fmt::print("The store is in use and was left as it is.\n");
            return;
        }
    }
    restore(place, file);
    fmt::print("{} is restored and compared.\n", file);
    if (!same_master_key(read_manifest(file), place.master_key)) {
        fmt::print(
            "It was made under another master key: put that one in place of {} before you start the server.\n",
            where_the_key_is(config)
        );
    }
}

} // namespace

void add_backup_commands(CommandLine& line) {
    static std::string file;
    static bool verify = false;

    auto* backup = line.app.add_subcommand("backup", "writes store and files to FILE, while the server runs or not");
    line.add_config_flags(*backup);
    backup->add_option("file", file, "where to")->required();
    backup->callback([&line] { line.run = [&line] { run_backup(line.config(), file); }; });

    auto* restore_command = line.app.add_subcommand("restore", "fills an empty store from FILE");
    line.add_config_flags(*restore_command);
    restore_command->add_option("file", file, "a backup")->required();
    restore_command->add_flag(
        "--verify", verify, "first restore into a scratch database and compare; a store in use is left as it is"
    );
    restore_command->callback([&line] { line.run = [&line] { run_restore(line.config(), file, verify); }; });
}

} // namespace doorstep::app
