#include "providers/smtp/mail_text.hpp"

#include <algorithm>

#include "core/crypto.hpp"

namespace doorstep::providers {
namespace {

std::string on_one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return line;
}

bool is_plain(std::string_view text) {
    auto ascii = std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
    // What looks like an encoded word already would be decoded; long lines would have to be folded.
    return ascii && text.find("=?") == text.npos && text.size() <= 900;
}

std::string encoded_words(std::string_view text) {
    constexpr std::size_t word_bytes = 42; // 75 characters with the frame, RFC 2047 2
    std::string out;
    while (!text.empty()) {
        auto size = std::min(word_bytes, text.size());
        while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size; // whole code points
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base64_encode(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

} // namespace

std::string header_text(std::string_view text) {
    auto line = on_one_line(text);
    return is_plain(line) ? line : encoded_words(line);
}

std::string header_address(std::string_view name, std::string_view address) {
    auto line = on_one_line(name);
    if (line.empty()) return std::string(address);
    auto mailbox = " <" + std::string(address) + ">";
    if (!is_plain(line)) return encoded_words(line) + mailbox;
    std::string quoted = "\"";
    for (char c : line) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "\"" + mailbox;
}

std::string with_mail_line_breaks(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 40);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
            out += "\r\n";
        } else if (text[i] == '\n') {
            out += "\r\n";
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace doorstep::providers
