#include "modules/identity/password_policy.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/embedded.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace doorstep::identity {
namespace {

constexpr std::size_t hash_size = 5; // bytes kept of each hash in resources/breached-passwords.bin
constexpr std::size_t telling = 4;   // letters of a name that make it one

bool is_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || c >= 0x80;
}

bool leaked(std::string_view lower) {
    static const auto list = embedded_data("breached-passwords.bin");
    if (!list) throw std::logic_error("the list of leaked passwords is not in this binary");
    auto wanted = sha256(lower).substr(0, hash_size);
    std::size_t low = 0;
    std::size_t high = list->size() / hash_size;
    while (low < high) {
        auto middle = (low + high) / 2;
        if (list->substr(middle * hash_size, hash_size) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->size() / hash_size && list->substr(low * hash_size, hash_size) == wanted;
}

/// What is left of "12password34!" without what people put around a word to make it long enough.
std::string_view core_of(std::string_view lower) {
    while (!lower.empty() && !is_letter(static_cast<unsigned char>(lower.front()))) lower.remove_prefix(1);
    while (!lower.empty() && !is_letter(static_cast<unsigned char>(lower.back()))) lower.remove_suffix(1);
    return lower;
}

/// "abcabcabc" is "abc".
std::string_view unit_of(std::string_view text) {
    for (std::size_t size = 1; size <= text.size() / 2; ++size) {
        if (text.size() % size == 0 && text.substr(size) == text.substr(0, text.size() - size)) return text.substr(0, size);
    }
    return text;
}

bool guessable(std::string_view lower) {
    if (leaked(lower)) return true;
    auto unit = unit_of(lower);
    auto core = core_of(unit);
    constexpr std::size_t enough_digits = 20;
    if (core.empty()) return lower.size() < enough_digits || unit.size() < lower.size();
    return unit.size() < telling || leaked(core) || (unit.size() < lower.size() && leaked(unit));
}

/// "ana.ruiz" of an address, "ana" and "ruiz" of a name; with the product's own.
bool names_person(std::string_view lower, std::initializer_list<std::string_view> known) {
    auto core = core_of(lower);
    if (core == "doorstep") return true;
    return std::ranges::any_of(known, [core](std::string_view text) {
        auto word = to_lower_ascii(text.substr(0, text.find('@')));
        if (word.size() < telling) return false;
        std::string joined;
        std::ranges::copy_if(word, std::back_inserter(joined), [](char c) { return is_letter(static_cast<unsigned char>(c)); });
        return core == word || core == joined;
    });
}

} // namespace

std::optional<Fault> password_fault(std::string_view password) {
    if (!is_utf8(password)) return Fault{"invalid", "must be text"};
    if (utf8_length(password) < least_password) return Fault{"too_short", "must have 12 characters or more"};
    if (guessable(to_lower_ascii(password))) return Fault{"breached", "is among those that attackers try first"};
    return std::nullopt;
}

void require_good_password(std::string_view field, std::string_view password, std::initializer_list<std::string_view> known) {
    if (auto fault = password_fault(password)) throw invalid(std::string(field), fault->code, fault->message);
    auto lower = to_lower_ascii(password);
    if (names_person(lower, known)) throw invalid(std::string(field), "personal", "must not be your name or address");
}

} // namespace doorstep::identity

namespace doorstep {

std::optional<Fault> Field<identity::NewPassword>::parse(std::string_view text, identity::NewPassword& out) {
    Secret<1024> word;
    if (auto fault = Field<Secret<1024>>::parse(text, word)) return fault;
    out.value = std::move(word.value);
    return identity::password_fault(out.value);
}

} // namespace doorstep
