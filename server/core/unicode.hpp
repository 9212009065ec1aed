#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace doorstep {

/// Letters without what is above or below them, as people who look for a word write it: "Sao Paulo" of "São Paulo", "strasse" of "straße".
std::string without_accents(std::string_view utf8);

/// Nothing is seen of the character by itself: joiners, fillers, selectors, marks of direction, tags.
bool is_unseen(std::uint32_t code_point);

/// UTF-8 of a text in a character set by its IANA name; what stands for no character becomes U+FFFD.
std::string utf8_of(std::string_view bytes, const char* charset);

} // namespace doorstep
