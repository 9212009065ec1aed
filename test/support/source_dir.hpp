#pragma once

#include <filesystem>

namespace doorstep::test {

/// The checkout this binary was built from. Only source_dir.cpp is compiled with its path, so that build caches serve every checkout.
std::filesystem::path source_dir();

} // namespace doorstep::test
