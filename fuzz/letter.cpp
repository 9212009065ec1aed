// HTML that strangers and models write: what is left after sanitising is tags from a short list, links to the web and to mail,
// and text; sanitising it again finds nothing to do.
#include <array>
#include <cstdint>
#include <cstdlib>

#include "core/text.hpp"
#include "modules/messages/letter.hpp"

namespace {

using namespace doorstep;

void require(bool holds) {
    if (!holds) std::abort();
}

constexpr std::array<std::string_view, 15> names{"p",  "br", "a",  "b",          "strong", "i",  "em", "u",
                                                 "ul", "ol", "li", "blockquote", "h1",     "h2", "h3"};

/// <name>, </name> or <a href="…">, and nothing else begins with an angle bracket.
void check_tags(std::string_view html) {
    while (true) {
        auto open = html.find('<');
        require(html.substr(0, open).find('>') == html.npos);
        if (open == html.npos) return;
        html.remove_prefix(open + 1);
        auto close = html.find('>');
        require(close != html.npos);
        auto tag = html.substr(0, close);
        html.remove_prefix(close + 1);
        if (tag.starts_with("a ")) {
            require(tag.starts_with("a href=\"") && tag.ends_with("\""));
            auto url = to_lower_ascii(tag.substr(8, tag.size() - 9));
            require(url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:"));
            require(url.find('"') == url.npos && url.find('<') == url.npos);
            continue;
        }
        if (tag.starts_with('/')) tag.remove_prefix(1);
        require(std::find(names.begin(), names.end(), tag) != names.end());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Longer bodies are refused before they come here.
    std::string_view bytes(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 64 * 1024));
    auto once = messages::sanitize_html(bytes);
    check_tags(once);
    check_tags(messages::sanitize_html(once));
    auto text = messages::html_to_text(bytes);
    require(text.find("\n\n\n") == text.npos);
    if (is_utf8(bytes)) {
        require(is_utf8(once) && is_utf8(text));
        auto words = messages::snippet(text);
        require(is_utf8(words) && utf8_length(words) <= 200);
    }
    messages::looks_like_html(bytes);
    auto escaped = messages::escape_html(bytes);
    require(escaped.find('<') == escaped.npos && escaped.find('"') == escaped.npos);
    return 0;
}
