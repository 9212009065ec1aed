#pragma once

#include <vector>

#include "app/modules.hpp"

namespace doorstep::app {

/// Plans and stage rules of the demo's office, the people who are on one, and a draft that will wait for a yes.
Task<> make_demo_plans(Modules& modules, Context& ctx, std::vector<Id<contacts::Client>> in_talks);

} // namespace doorstep::app
