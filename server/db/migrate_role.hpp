#pragma once

namespace doorstep::db {

class BlockingConnection;

/// Makes the role the server works as, unless it is there, and lets the current user take it on.
void ensure_app_role(BlockingConnection& db);
/// Rows of every table, and nothing else. A table on which a migration granted something by itself is left as it is.
void grant_to_app_role(BlockingConnection& db);

} // namespace doorstep::db
