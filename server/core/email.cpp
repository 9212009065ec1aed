#include "core/email.hpp"

#include "core/text.hpp"

namespace doorstep {

namespace {

bool is_atom(char c) {
    auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z')) return true;
    return std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// Atoms separated by single dots.
bool is_dot_atom(std::string_view text) {
    if (text.empty() || text.front() == '.' || text.back() == '.' || text.find("..") != text.npos) return false;
    for (auto c : text) {
        if (c != '.' && !is_atom(c)) return false;
    }
    return true;
}

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    for (auto c : label) {
        auto u = static_cast<unsigned char>(c);
        bool good = u >= 0x80 || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
        if (!good) return false;
    }
    return true;
}

bool is_domain(std::string_view domain) {
    if (domain.size() > 253 || domain.find('.') == domain.npos) return false;
    auto last = domain.substr(domain.rfind('.') + 1);
    if (last.find_first_not_of("0123456789") == last.npos) return false; // an address, not a name
    while (true) {
        auto dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) return false;
        if (dot == domain.npos) return true;
        domain.remove_prefix(dot + 1);
    }
}

} // namespace

std::optional<Fault> Field<Email>::parse(std::string_view text, Email& out) {
    text = trim(text);
    if (text.empty()) return Fault{"required", "may not be blank"};
    auto at = text.rfind('@');
    auto local = text.substr(0, at);
    auto domain = at == text.npos ? std::string() : to_lower_ascii(text.substr(at + 1));
    bool good =
        at != text.npos && text.size() <= 254 && local.size() <= 64 && is_utf8(text) && is_dot_atom(local) && is_domain(domain);
    if (!good) return Fault{"invalid", "must be an e-mail address such as ana@example.com"};
    out.value = std::string(local) + "@" + domain;
    return std::nullopt;
}

std::string Email::key() const {
    return to_lower_ascii(value);
}

std::string Email::masked() const {
    auto at = value.rfind('@');
    if (at == std::string::npos) return "•••";
    return std::string(utf8_prefix(value, 1)) + "•••" + value.substr(at);
}

} // namespace doorstep
