#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

#include "app/commands.hpp"

namespace {

// One line: whoever reads it in a terminal or a log collector sees all of it.
int fail(std::string message) {
    std::ranges::replace(message, '\n', ' ');
    while (!message.empty() && message.back() == ' ') message.pop_back();
    fmt::print(stderr, "doorstep: {}\n", message);
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Doorstep: clients, follow-up and e-mail for real-estate agents, on your own server.", "doorstep");
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string("doorstep ") + DOORSTEP_VERSION);
    doorstep::app::CommandLine line{app, {}, {}, {}};
    doorstep::app::add_serve_commands(line);
    doorstep::app::add_migrate_command(line);
    doorstep::app::add_account_commands(line);
    doorstep::app::add_backup_commands(line);
    doorstep::app::add_doctor_command(line);
    doorstep::app::add_demo_command(line);
    doorstep::app::add_seed_command(line);
    doorstep::app::add_information_commands(line);
    try {
        app.parse(argc, argv);
        line.run();
        return 0;
    } catch (const CLI::Success& answer) {
        return app.exit(answer);
    } catch (const CLI::ParseError& problem) {
        return fail(std::string(problem.what()) + "; see `doorstep --help`");
    } catch (const std::exception& problem) {
        return fail(problem.what());
    }
}
