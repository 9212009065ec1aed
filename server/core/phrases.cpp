#include "core/phrases.hpp"

#include <stdexcept>

#include "core/embedded.hpp"
#include "core/text.hpp"

namespace doorstep {

void split_variables(
    std::string_view text, const std::function<void(std::string_view)>& literal,
    const std::function<void(std::string_view name)>& variable
) {
    constexpr std::string_view opening = "{{";
    constexpr std::string_view closing = "}}";
    while (!text.empty()) {
        auto start = text.find(opening);
        auto end = start == text.npos ? text.npos : text.find(closing, start);
        if (end == text.npos) return literal(text);
        if (start > 0) literal(text.substr(0, start));
        variable(trim(text.substr(start + opening.size(), end - start - opening.size())));
        text.remove_prefix(end + closing.size());
    }
}

std::string fill_in(std::string_view text, const std::map<std::string, std::string, std::less<>>& values) {
    std::string out;
    split_variables(
        text, [&](std::string_view part) { out += part; },
        [&](std::string_view name) {
            if (auto found = values.find(name); found != values.end()) out += found->second;
        }
    );
    return out;
}

std::optional<std::string> find_phrase(std::string_view language, std::string_view key) {
    auto lines = embedded_template("mail/" + std::string(language) + "/phrases.txt");
    if (!lines) throw std::logic_error("there are no phrases in " + std::string(language));
    auto wanted = std::string(key) + ": ";
    while (!lines->empty()) {
        auto end = std::min(lines->find('\n'), lines->size());
        auto line = lines->substr(0, end);
        if (line.starts_with(wanted)) return std::string(line.substr(wanted.size()));
        lines->remove_prefix(std::min(end + 1, lines->size()));
    }
    return std::nullopt;
}

} // namespace doorstep
