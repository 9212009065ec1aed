#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/doctor.hpp"

namespace doorstep::app {

namespace {

std::string_view mark(Finding::Grade grade) {
    switch (grade) {
    case Finding::Grade::good: return "ok";
    case Finding::Grade::note: return "note";
    case Finding::Grade::bad: return "BAD";
    }
    return "";
}

void run_doctor(const CommandLine& line) {
    int bad = 0;
    auto show = [&](const Finding& finding) {
        fmt::print("{:<5} {:<14} {}\n", mark(finding.grade), finding.about, finding.words);
        bad += finding.grade == Finding::Grade::bad;
    };
    try {
        auto config = line.config();
        show({Finding::Grade::good, "configuration", "complete and understood"});
        for (const auto& finding : examine(config)) show(finding);
    } catch (const ConfigError& problem) {
        for (const auto& mistake : problem.mistakes) show({Finding::Grade::bad, "configuration", mistake});
    }
    if (bad > 0)
        throw std::runtime_error(
            fmt::format("{} found that must be put right; see above", bad == 1 ? "one thing" : fmt::format("{} things", bad))
        );
}

} // namespace

void add_doctor_command(CommandLine& line) {
    auto* doctor = line.app.add_subcommand("doctor", "checks configuration, store and providers; says what to do");
    line.add_config_flags(*doctor);
    doctor->callback([&line] { line.run = [&line] { run_doctor(line); }; });
}

} // namespace doorstep::app
