#include "test/support/letters.hpp"

#include <algorithm>
#include <ranges>
#include <stdexcept>

namespace doorstep::test {

std::string link_in_letter_to(TestApp& app, const std::string& email) {
    app.run_jobs();
    constexpr std::string_view origin = "http://app.test/";
    for (auto& letter : app.letters.sent | std::views::reverse) {
        if (letter.to.value != email) continue;
        auto start = letter.text.find(origin);
        if (start == std::string::npos) continue;
        auto end = letter.text.find_first_of(" \r\n<>)", start);
        return letter.text.substr(start, end - start);
    }
    throw std::runtime_error("no letter with a link went to " + email);
}

std::string last_part(const std::string& link) {
    return link.substr(link.rfind('/') + 1);
}

std::int64_t letters_to(TestApp& app, const std::string& email) {
    app.run_jobs();
    return std::ranges::count_if(app.letters.sent, [&email](auto& letter) { return letter.to.value == email; });
}

} // namespace doorstep::test
