#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/process.hpp"

namespace doorstep::app {

void add_serve_commands(CommandLine& line) {
    static ProcessOptions options;
    static bool no_jobs = false;
    static bool no_migrate = false;

    auto* serve = line.app.add_subcommand("serve", "API, web app and job workers; ready when GET /ready answers 200");
    line.add_config_flags(*serve);
    serve->add_flag("--no-jobs", no_jobs, "serve only; `doorstep worker` runs the jobs elsewhere");
    serve->add_flag("--no-migrate", no_migrate, "refuse a schema that is not this version's instead of upgrading it");
    serve->add_flag("--demo", options.demo, "fill an empty store with a living office and print how to sign in");
    serve->footer(config_help());
    serve->callback([&line] {
        line.run = [&line] {
            options.work = !no_jobs;
            options.migrate = !no_migrate;
            run_process(line.config(true), options);
        };
    });

    auto* worker = line.app.add_subcommand("worker", "job workers alone");
    line.add_config_flags(*worker);
    worker->add_flag("--no-migrate", no_migrate, "refuse a schema that is not this version's instead of upgrading it");
    worker->footer(config_help());
    worker->callback([&line] {
        line.run = [&line] {
            options.serve = false;
            options.migrate = !no_migrate;
            run_process(line.config(true), options);
        };
    });

    auto* sandbox = line.app.add_subcommand("sandbox", "the third parties' doubles alone; their events go to --public-url");
    line.add_config_flags(*sandbox);
    sandbox->footer(config_help());
    sandbox->callback([&line] {
        line.run = [&line] {
            options.product = false;
            options.work = false;
            run_process(line.config(true), options);
        };
    });
}

} // namespace doorstep::app
