#pragma once

#include <chrono>

#include "app/modules.hpp"
#include "jobs/schedules.hpp"

namespace doorstep::app {

/// THE list of what is done from time to time, once over all servers.
void list_schedules(jobs::Schedules& schedules, Modules& modules, db::Database& db, std::chrono::seconds due_work_every);

} // namespace doorstep::app
