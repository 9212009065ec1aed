#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

/// Adds a line of RFC 4180. A cell that a spreadsheet would take for a formula (=, +, -, @ at its start) gets an apostrophe before
/// it, unless it is a number.
void append_csv_row(std::string& out, const std::vector<std::string>& cells);

} // namespace doorstep
