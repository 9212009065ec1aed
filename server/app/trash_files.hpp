#pragma once

#include "app/modules.hpp"

namespace doorstep::app {

/// The trash as CSV and workbook. Its list is no part of what contacts shows other modules, so exports can't reach it.
void trash_file_routes(http::Router& router, Modules& modules);

} // namespace doorstep::app
