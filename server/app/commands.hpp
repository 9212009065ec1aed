#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/config.hpp"

namespace CLI {
class App;
}

namespace doorstep::app {

/// The command line. Each command adds itself with its flags and leaves in `run` what is to be done once all is read.
struct CommandLine {
    CLI::App& app;
    std::map<std::string, std::string> flags; ///< configuration given as flags, by key
    std::string config_file;
    std::function<void()> run;

    /// Adds the configuration's flags to a command.
    void add_config_flags(CLI::App& command);
    /// Reads it from all its sources. A command logs warnings only, unless told otherwise; a server logs what it does.
    Config config(bool of_server = false) const;
};

void add_serve_commands(CommandLine& line);
void add_migrate_command(CommandLine& line);
void add_account_commands(CommandLine& line);
void add_backup_commands(CommandLine& line);
void add_doctor_command(CommandLine& line);
void add_demo_command(CommandLine& line);
void add_seed_command(CommandLine& line);
void add_information_commands(CommandLine& line);

} // namespace doorstep::app
