#include <gumbo.h>

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "modules/messages/letter.hpp"

namespace doorstep::messages {

namespace {

constexpr std::array kept{
    GUMBO_TAG_P,  GUMBO_TAG_BR, GUMBO_TAG_A,  GUMBO_TAG_B,          GUMBO_TAG_STRONG, GUMBO_TAG_I,  GUMBO_TAG_EM, GUMBO_TAG_U,
    GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_LI, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_H1,     GUMBO_TAG_H2, GUMBO_TAG_H3,
};
// Their text is no text for people.
constexpr std::array dropped{
    GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,    GUMBO_TAG_TITLE, GUMBO_TAG_TEXTAREA, GUMBO_TAG_IFRAME,
    GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_SVG,   GUMBO_TAG_MATH,     GUMBO_TAG_XMP,
};
constexpr std::array blocks{
    GUMBO_TAG_P,  GUMBO_TAG_DIV, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_BLOCKQUOTE,
    GUMBO_TAG_H1, GUMBO_TAG_H2,  GUMBO_TAG_H3, GUMBO_TAG_TR,
};
constexpr int deepest = 200; // a hostile nest must not end in a stack overflow

template <std::size_t N>
bool among(GumboTag tag, const std::array<GumboTag, N>& tags) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::string_view href_of(const GumboElement& element) {
    auto* attribute = gumbo_get_attribute(&element.attributes, "href");
    if (!attribute) return {};
    auto url = trim(attribute->value);
    auto lower = to_lower_ascii(url.substr(0, 8));
    bool safe = lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with("mailto:");
    return safe ? url : std::string_view();
}

class Parsed {
public:
    explicit Parsed(std::string_view html)
        : output_(gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size())) {}
    ~Parsed() { gumbo_destroy_output(&kGumboDefaultOptions, output_); }
    Parsed(const Parsed&) = delete;
    Parsed& operator=(const Parsed&) = delete;
    const GumboNode* root() const { return output_->root; }

private:
    GumboOutput* output_;
};

bool is_text(const GumboNode* node) {
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
}

void write_html(std::string& out, const GumboNode* node, int depth) {
    if (depth > deepest) return;
    if (is_text(node)) {
        out += escape_html(node->v.text.text);
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT || among(node->v.element.tag, dropped)) return;
    auto& element = node->v.element;
    std::string name = among(element.tag, kept) ? gumbo_normalized_tagname(element.tag) : "";
    if (element.tag == GUMBO_TAG_DIV) name = "p";
    auto href = element.tag == GUMBO_TAG_A ? href_of(element) : std::string_view();
    if (element.tag == GUMBO_TAG_A && href.empty()) name.clear();
    if (!name.empty()) {
        out += "<" + name;
        if (!href.empty()) out += " href=\"" + escape_html(href) + "\"";
        out += ">";
    }
    for (unsigned i = 0; i < element.children.length; ++i) {
        write_html(out, static_cast<const GumboNode*>(element.children.data[i]), depth + 1);
    }
    if (!name.empty() && element.tag != GUMBO_TAG_BR) out += "</" + name + ">";
}

void write_text(std::string& out, const GumboNode* node, int depth) {
    if (depth > deepest) return;
    if (is_text(node)) {
        out += node->v.text.text;
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT || among(node->v.element.tag, dropped)) return;
    auto& element = node->v.element;
    if (element.tag == GUMBO_TAG_BR) out += "\n";
    if (element.tag == GUMBO_TAG_LI) out += "\n- ";
    for (unsigned i = 0; i < element.children.length; ++i) {
        write_text(out, static_cast<const GumboNode*>(element.children.data[i]), depth + 1);
    }
    if (auto href = element.tag == GUMBO_TAG_A ? href_of(element) : std::string_view(); !href.empty()) {
        out += " (" + std::string(href) + ")";
    }
    if (among(element.tag, blocks)) out += "\n\n";
}

} // namespace

bool looks_like_html(std::string_view text) {
    auto lower = to_lower_ascii(text);
    for (auto tag :
         {"<p", "<br", "<div", "<a ", "<html", "<body", "<b>", "<strong", "<i>", "<em", "<ul", "<ol", "<h1", "<h2", "<h3",
          "<script"}) {
        if (lower.find(tag) != lower.npos) return true;
    }
    return false;
}

std::string with_breaks(std::string_view html) {
    auto lower = to_lower_ascii(html);
    for (auto block : {"<p", "<br", "<div", "<ul", "<ol", "<table", "<h1", "<h2", "<h3", "<body"}) {
        if (lower.find(block) != lower.npos) return std::string(html);
    }
    std::string out;
    for (char c : html) {
        if (c == '\n')
            out += "<br>";
        else if (c != '\r')
            out += c;
    }
    return out;
}

std::string sanitize_html(std::string_view html) {
    Parsed parsed(html);
    std::string out;
    write_html(out, parsed.root(), 0);
    return std::string(trim(out));
}

std::string html_to_text(std::string_view html) {
    Parsed parsed(html);
    std::string raw;
    write_text(raw, parsed.root(), 0);
    // At most one blank line in a row, none at the ends.
    std::string out;
    std::size_t breaks = 0;
    for (auto c : std::string_view(trim(raw))) {
        breaks = c == '\n' ? breaks + 1 : (c == ' ' || c == '\t' || c == '\r') && breaks ? breaks : 0;
        if (breaks <= 2 || c != '\n') out += c;
    }
    return out;
}

} // namespace doorstep::messages
