#pragma once

#include <string>

namespace doorstep::db {

/// Whether libpq can read it: a postgresql:// address or "host=… dbname=…".
bool is_conninfo(const std::string& text);

} // namespace doorstep::db
