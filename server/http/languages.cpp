#include "http/languages.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace doorstep::http {

namespace {

struct Wish {
    std::string name;
    double quality = 1;
};

Wish read_wish(std::string_view text) {
    auto end = std::min(text.find(';'), text.size());
    auto tag = trim(text.substr(0, end));
    Wish wish{std::string(tag.substr(0, tag.find('-')))};
    auto weight = text.find("q=", end);
    // What is no number is no weight: the language counts as any other.
    if (weight != text.npos && Field<double>::parse(trim(text.substr(weight + 2)), wish.quality)) wish.quality = 1;
    return wish;
}

} // namespace

std::vector<std::string> accepted_languages(const Request& request) {
    auto accepted = to_lower_ascii(request.header("Accept-Language").value_or(""));
    std::vector<Wish> wishes;
    for (std::string_view left = accepted; !left.empty();) {
        auto comma = std::min(left.find(','), left.size());
        auto wish = read_wish(left.substr(0, comma));
        if (!wish.name.empty() && wish.quality > 0) wishes.push_back(std::move(wish));
        left.remove_prefix(std::min(comma + 1, left.size()));
    }
    std::ranges::stable_sort(wishes, std::ranges::greater(), &Wish::quality);
    std::vector<std::string> names;
    for (auto& wish : wishes) names.push_back(std::move(wish.name));
    return names;
}

} // namespace doorstep::http
