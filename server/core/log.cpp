#include "core/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <ctime>

#include "core/json.hpp"

namespace doorstep::log {

namespace {

spdlog::logger& logger() {
    // To standard error: standard output belongs to what a command prints.
    static const auto shared = [] {
        auto made = spdlog::stderr_logger_mt("doorstep");
        made->set_pattern("%v");
        made->set_level(spdlog::level::trace); // levels are decided here, before a line is built
        return made;
    }();
    return *shared;
}

std::atomic<Level> threshold{Level::info};

bool needs_quotes(std::string_view value) {
    return value.empty() || value.find_first_of(" =\"\\\n\r\t") != value.npos;
}

void write(Level level, std::string_view name, std::string_view message, Fields fields) {
    if (!enabled(level)) return;
    auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    auto seconds = std::chrono::floor<std::chrono::seconds>(now);
    auto time = std::chrono::system_clock::to_time_t(seconds);
    std::tm utc{};
    gmtime_r(&time, &utc);
    auto line = fmt::format(
        "time={:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z level={} msg={}", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
        utc.tm_hour, utc.tm_min, utc.tm_sec, (now - seconds).count(), name, json_quote(message)
    );
    for (auto& field : fields) {
        line += ' ';
        line += field.name;
        line += '=';
        line += needs_quotes(field.value) ? json_quote(field.value) : field.value;
    }
    logger().log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
    if (level == Level::error) logger().flush();
}

} // namespace

Field::Field(std::string_view name, double value) : name(name), value(fmt::format("{:.3f}", value)) {}

void set_level(Level level) {
    threshold.store(level, std::memory_order_relaxed);
}

bool enabled(Level level) {
    return level >= threshold.load(std::memory_order_relaxed);
}

void debug(std::string_view message, Fields fields) {
    write(Level::debug, "debug", message, fields);
}

void info(std::string_view message, Fields fields) {
    write(Level::info, "info", message, fields);
}

void warn(std::string_view message, Fields fields) {
    write(Level::warn, "warn", message, fields);
}

void error(std::string_view message, Fields fields) {
    write(Level::error, "error", message, fields);
}

} // namespace doorstep::log
