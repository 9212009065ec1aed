#pragma once

#include <string>
#include <string_view>

#include "core/html.hpp"
#include "modules/accounts/accounts.hpp"

namespace doorstep::messages {

/// An e-mail's two parts, complete with signature, postal address and the way out.
struct Letter {
    std::string text;
    std::string html;
};

/// `html` empty: made of the text. `unsubscribe_url` empty: none is offered (previews show the place).
Letter make_letter(
    const std::string& text, const std::string& html, const accounts::SendingProfile& profile,
    const std::string& unsubscribe_url
);

bool looks_like_html(std::string_view text);
/// Keeps paragraphs, emphasis, lists and links to web and mail addresses; everything else leaves its text at most.
std::string sanitize_html(std::string_view html);
/// HTML whose only structure are its lines, with a break for each.
std::string with_breaks(std::string_view html);
/// The words of a sanitised fragment, paragraphs separated by blank lines, links followed by their address.
std::string html_to_text(std::string_view html);
using doorstep::escape_html;
/// The first 150 to 200 characters, cut between words.
std::string snippet(std::string_view text);

} // namespace doorstep::messages
