#pragma once

#include <string>

#include "test/support/test_app.hpp"

namespace doorstep::test {

/// The address that the latest letter to somebody holds, once all letters are delivered; throws where there is none.
std::string link_in_letter_to(TestApp& app, const std::string& email);
/// What follows the last slash.
std::string last_part(const std::string& link);
/// How many of the product's own letters went to somebody.
std::int64_t letters_to(TestApp& app, const std::string& email);

} // namespace doorstep::test
