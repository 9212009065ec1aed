#include "modules/onboarding/secret_names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/unicode.hpp"

namespace doorstep::onboarding {
namespace {

/// Telling wherever they stand, in the languages that people here set up sites in.
constexpr std::array stems{
    "pass",       "pwd",         "secret",     "geheim",  "token",       "credential",   "kennwort",
    "contrasen",  "contrasinal", "clave",      "senha",   "parole",      "parola",       "motde",
    "wachtwoord", "losenord",    "heslo",      "haslo",   "sifre",       "apikey",       "accesskey",
    "privatekey", "authkey",     "licensekey", "pincode", "onetimecode", "recoverycode", "backupcode",
};
/// Telling as a word by themselves.
constexpr std::array words{"pw", "psw", "pwds", "pin", "pins", "otp", "totp", "mfa", "mdp", "cvv", "cvc", "auth", "bearer"};
/// Telling where a name ends with them: "userpw".
constexpr std::array endings{"pw", "otp", "pin"};
/// "pass" of another meaning.
constexpr std::array innocent{"compass", "bypass", "passport", "passenger", "passion", "passive", "passage"};

/// The words of "loginPass", "LOGIN_PASS", "login pass", "Contraseña", in small plain letters.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> found(1);
    bool was_small = false;
    for (char c : without_accents(name)) {
        bool is_big = c >= 'A' && c <= 'Z';
        bool is_small = c >= 'a' && c <= 'z';
        if ((!is_big && !is_small) || (is_big && was_small)) found.emplace_back();
        if (is_big || is_small) found.back() += static_cast<char>(c | 0x20);
        was_small = is_small;
    }
    std::erase(found, std::string());
    return found;
}

} // namespace

bool names_secret(std::string_view name) {
    auto parts = words_of(name);
    std::string joined;
    for (auto& part : parts) {
        auto is_part = [&part](std::string_view word) { return part == word; };
        if (std::ranges::any_of(words, is_part)) return true;
        if (std::ranges::none_of(innocent, is_part)) joined += part;
    }
    return std::ranges::any_of(stems, [&joined](std::string_view stem) { return joined.find(stem) != joined.npos; }) ||
           std::ranges::any_of(endings, [&joined](std::string_view end) { return joined.ends_with(end); });
}

} // namespace doorstep::onboarding
