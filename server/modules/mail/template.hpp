#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep::mail {

/// What people edit: a subject, and a body of blocks between blank lines. A block is a paragraph, `# ` and a text set large (a
/// code), or `[Label](address)`, a button. `{{variable}}` stands for a fact; a block that names an empty one is left out.
struct Template {
    std::string subject;
    std::string body;
};

using Values = std::map<std::string, std::string, std::less<>>;

/// "Subject: …" on the first line, the body from the next.
Template read_template(std::string_view file);

/// What is wrong with a text that somebody wrote: `{{` without an end, a variable that is no name. Empty: nothing.
std::string find_mistake(std::string_view text);
/// The names between braces. Only of a text without mistakes.
std::set<std::string, std::less<>> variables(std::string_view text);
/// Addresses of buttons as they stand in the body, `{{link}}` included.
std::vector<std::string> button_addresses(std::string_view body);

struct Rendered {
    std::string subject; ///< one line
    std::string text;
    std::string html;
};

/// What stands around each letter.
struct Frame {
    std::string language = "en";
    std::string brand;  ///< at the top
    std::string footer; ///< who sends this, and why
};

/// Values are only ever text: they can't make blocks, tags or headers.
Rendered render(const Template& letter, const Values& values, const Frame& frame);

} // namespace doorstep::mail
