#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace doorstep::contacts {

/// Where something stands that arrives at this moment: before all that came earlier. Ranks compare as bytes.
std::string arrival_rank(Time at);
/// A rank after `low` and before `high`; unset: no bound. Both being equal, right behind them.
std::string rank_between(std::string_view low, std::optional<std::string_view> high);

} // namespace doorstep::contacts
