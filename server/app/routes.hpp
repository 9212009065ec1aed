#pragma once

#include "app/job_desk.hpp"
#include "app/modules.hpp"
#include "app/pages.hpp"
#include "app/status.hpp"

namespace doorstep::app {

/// THE list of what can be asked for.
void list_routes(http::Router& router, Modules& modules, Status& status, Pages& pages, JobDesk& desk);

} // namespace doorstep::app
