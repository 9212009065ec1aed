#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace doorstep::log {

enum class Level { debug, info, warn, error };

/// A typed field of a log line. Personal data (names, addresses, numbers, texts) never is one: log ids.
struct Field {
    Field(std::string_view name, std::string_view value) : name(name), value(value) {}
    Field(std::string_view name, const char* value) : name(name), value(value) {}
    Field(std::string_view name, const std::string& value) : name(name), value(value) {}
    Field(std::string_view name, bool value) : name(name), value(value ? "true" : "false") {}
    Field(std::string_view name, std::integral auto value) : name(name), value(std::to_string(value)) {}
    Field(std::string_view name, double value);

    std::string_view name;
    std::string value;
};

using Fields = std::initializer_list<Field>;

/// Below it nothing is written. Settable at any time, from any thread.
void set_level(Level level);
bool enabled(Level level);

/// One logfmt line on standard error: time, level, constant message, fields.
void debug(std::string_view message, Fields fields = {});
void info(std::string_view message, Fields fields = {});
void warn(std::string_view message, Fields fields = {});
void error(std::string_view message, Fields fields = {});

} // namespace doorstep::log
