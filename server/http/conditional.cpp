#include "http/conditional.hpp"

#include "http/ascii.hpp"

namespace doorstep::http {

bool tag_list_matches(std::string_view list, std::string_view version) {
    if (strip(list) == "*") return true;
    // Tags may hold commas, so the quotes lead.
    while (true) {
        auto open = list.find('"');
        if (open == list.npos) return false;
        list.remove_prefix(open + 1);
        auto close = list.find('"');
        if (close == list.npos) return false;
        if (list.substr(0, close) == version) return true;
        list.remove_prefix(close + 1);
    }
}

} // namespace doorstep::http
