#pragma once

#include <map>
#include <string>
#include <string_view>

#include "modules/events/events.hpp"

namespace doorstep::exports {

/// The product's words in a language (templates/mail/<language>/phrases.txt), as papers use them.
class Words {
public:
    explicit Words(std::string_view language) : language_(language) {}

    const std::string& language() const { return language_; }
    /// A text of the papers' own; that it is missing is a bug.
    std::string operator()(std::string_view key) const;
    /// The word for a value, or the value made readable.
    std::string label(std::string_view group, std::string_view value) const;
    /// Why something was held back, skipped or given up.
    std::string reason(const std::string& reason) const;

private:
    std::string language_;
};

/// An event as a sentence, as the console's timeline tells it.
struct Happening {
    std::string title;
    std::string detail;
    std::string by;
};
Happening tell(const events::TimelineItem& item, const Words& words);

} // namespace doorstep::exports
