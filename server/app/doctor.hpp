#pragma once

#include <string>
#include <vector>

#include "app/config.hpp"

namespace doorstep::app {

/// What the doctor found about one thing, with what to do about it.
struct Finding {
    enum class Grade { good, note, bad };
    Grade grade = Grade::good;
    std::string about;
    std::string words;
};

/// Looks at configuration, store and providers without changing any of them.
std::vector<Finding> examine(const Config& config);

} // namespace doorstep::app
