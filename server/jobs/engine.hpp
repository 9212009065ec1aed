#pragma once

#include "db/database.hpp"

namespace doorstep::jobs {

/// Options for the Database of a Worker: connections of its own, and plans that use indexes however small the queue was when
/// they were made. A plan that reads a short table from end to end is kept, and is a disaster once the table is long.
db::Options engine_options(db::Options options);

} // namespace doorstep::jobs
