#include "test/support/source_dir.hpp"

namespace doorstep::test {

std::filesystem::path source_dir() {
    return DOORSTEP_SOURCE_DIR;
}

} // namespace doorstep::test
