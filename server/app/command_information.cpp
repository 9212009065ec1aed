#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands.hpp"

namespace doorstep::app {

void add_information_commands(CommandLine& line) {
    auto* version = line.app.add_subcommand("version", "prints this program's version");
    version->callback([&line] { line.run = [] { fmt::print("doorstep {}\n", DOORSTEP_VERSION); }; });
}

} // namespace doorstep::app
