#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/seed.hpp"

namespace doorstep::app {

void add_seed_command(CommandLine& line) {
    static std::string size;
    auto* command = line.app.add_subcommand("seed", "bulk data for benchmarks; prints JSON with a key to its largest account");
    line.add_config_flags(*command);
    command->add_option("--size", size, "small (1,000 contacts), medium (50,000) or large (1,000,000)")->required();
    command->callback([&line] {
        line.run = [&line] {
            SeedSize chosen{};
            if (auto fault = Field<SeedSize>::parse(size, chosen)) throw std::runtime_error("--size " + fault->message);
            Workbench bench(line.config());
            fmt::print("{}\n", to_json(seed(bench, chosen)));
        };
    });
}

} // namespace doorstep::app
