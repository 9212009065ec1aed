#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

/// Several values in one cell of a table, between commas. One that holds a sign which separates, or begins with a quote, stands in
/// quotes, its own doubled.
std::string write_cell_list(const std::vector<std::string>& values);

/// The values between commas, semicolons or bars, without the spaces around them; empty ones are left out. What is no whole quotation
/// is taken as it stands.
std::vector<std::string> read_cell_list(std::string_view text);

} // namespace doorstep
