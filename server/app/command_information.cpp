#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/blueprint.hpp"
#include "app/commands.hpp"

namespace doorstep::app {

void add_information_commands(CommandLine& line) {
    auto* version = line.app.add_subcommand("version", "prints this program's version");
    version->callback([&line] { line.run = [] { fmt::print("doorstep {}\n", DOORSTEP_VERSION); }; });

    auto* openapi = line.app.add_subcommand("openapi", "prints the OpenAPI document");
    openapi->callback([&line] { line.run = [] { fmt::print("{}\n", openapi_document()); }; });
}

} // namespace doorstep::app
