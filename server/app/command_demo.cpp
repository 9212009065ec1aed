#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/demo.hpp"

namespace doorstep::app {

void add_demo_command(CommandLine& line) {
    auto* demo = line.app.add_subcommand("demo", "fills an empty store with a living office; prints its logins");
    line.add_config_flags(*demo);
    demo->callback([&line] {
        line.run = [&line] {
            auto config = line.config();
            Workbench bench(config);
            if (!make_demo(bench, config) && !has_demo(bench)) {
                throw std::runtime_error(
                    "the store has accounts already and was left alone; use an empty one, for example with --data demo"
                );
            }
            fmt::print("{}", demo_logins());
        };
    });
}

} // namespace doorstep::app
