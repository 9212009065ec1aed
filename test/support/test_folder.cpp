#include "test/support/test_folder.hpp"

#include <cstdlib>
#include <stdexcept>

namespace doorstep::test {

namespace fs = std::filesystem;

TestFolder::TestFolder() {
    auto form = (fs::temp_directory_path() / "doorstep-test-XXXXXX").string();
    if (!mkdtemp(form.data())) throw std::runtime_error("no temporary folder");
    path_ = form;
}

TestFolder::~TestFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

} // namespace doorstep::test
