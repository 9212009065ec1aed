#include "app/commands.hpp"

#include <CLI/CLI.hpp>

#include "core/log.hpp"

namespace doorstep::app {

void CommandLine::add_config_flags(CLI::App& command) {
    command.add_option("--config", config_file, "TOML file with configuration");
    for (const auto& key : config_keys()) {
        if (key.flag.empty()) continue;
        std::string name(key.name);
        if (name == "DOORSTEP_SANDBOX") {
            auto choose = [this, name](std::int64_t times) { flags[name] = times > 0 ? "on" : "off"; };
            command.add_flag_function("--sandbox,!--no-sandbox", choose, std::string(key.meaning));
            continue;
        }
        command.add_option_function<std::string>(
            std::string(key.flag), [this, name](const std::string& value) { flags[name] = value; }, std::string(key.meaning)
        );
    }
}

Config CommandLine::config(bool of_server) const {
    auto environment = process_environment();
    auto file = config_file;
    if (auto found = environment.find("DOORSTEP_CONFIG"); file.empty() && found != environment.end()) file = found->second;
    if (!of_server && environment["LOG_LEVEL"].empty()) environment["LOG_LEVEL"] = "warn";
    auto config = read_config({flags, std::move(environment), file});
    switch (config.log_level) {
    case LogLevel::debug: log::set_level(log::Level::debug); break;
    case LogLevel::info: log::set_level(log::Level::info); break;
    case LogLevel::warn: log::set_level(log::Level::warn); break;
    case LogLevel::error: log::set_level(log::Level::error); break;
    }
    return config;
}

} // namespace doorstep::app
