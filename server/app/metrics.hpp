#pragma once

#include <string>

#include "app/shared.hpp"

namespace doorstep::app {

/// What this process counts by itself, in Prometheus' text format.
std::string process_metrics(const Shared& shared);

} // namespace doorstep::app
