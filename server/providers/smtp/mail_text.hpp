#pragma once

#include <string>
#include <string_view>

namespace doorstep::providers {

/// A header's text by RFC 2047: as it is where it is plain ASCII, else in encoded words, folded. Line breaks become blanks.
std::string header_text(std::string_view text);
/// "Name <address>" with the name quoted or encoded where needed; the address alone without a name.
std::string header_address(std::string_view name, std::string_view address);
/// Every line break as CR LF, as mail wants it.
std::string with_mail_line_breaks(std::string_view text);

} // namespace doorstep::providers
