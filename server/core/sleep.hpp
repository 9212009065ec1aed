#pragma once

#include <chrono>

#include "core/task.hpp"

namespace doorstep {

/// By the machine's clock, not the product's; ends early, with an exception, where the coroutine is cancelled.
Task<> sleep_for(std::chrono::milliseconds time);

} // namespace doorstep
