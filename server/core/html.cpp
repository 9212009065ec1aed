#include "core/html.hpp"

namespace doorstep {

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (auto c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break; // mail programs do not know &apos;
        default: out += c;
        }
    }
    return out;
}

} // namespace doorstep
