#pragma once

#include <vector>

#include "core/task.hpp"

namespace doorstep {

/// Runs them at the same time, on the thread of who waits for them. What one of them throws comes through when all have ended;
/// cancelling the wait cancels them all.
Task<> together(std::vector<Task<>> tasks);

} // namespace doorstep
