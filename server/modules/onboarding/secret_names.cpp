#include "modules/onboarding/secret_names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace doorstep::onboarding {
namespace {

/// Telling wherever they stand, in the languages that people here set up sites in.
constexpr std::array stems{
    "pass",      "pwd",         "passwor", "secret",      "geheim",       "token",      "credential", "kennwort",
    "contrasen", "contrasinal", "clave",   "senha",       "parole",       "parola",     "motde",      "wachtwoord",
    "losenord",  "heslo",       "haslo",   "sifre",       "apikey",       "accesskey",  "privatekey", "secretkey",
    "authkey",   "licensekey",  "pincode", "onetimecode", "recoverycode", "backupcode",
};
/// Telling as a word by themselves.
constexpr std::array words{"pw", "psw", "pwds", "pin", "pins", "otp", "totp", "mfa", "mdp", "cvv", "cvc", "auth", "bearer"};
/// Telling where a name ends with them: "userpw".
constexpr std::array endings{"pw", "otp", "pin"};
/// "pass" of another meaning.
constexpr std::array innocent{"compass", "bypass", "passport", "passenger", "passion", "passive", "passage"};

/// The letter under the accents of U+00C0 to U+00FF.
constexpr std::string_view under_accents = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";

/// The words of "loginPass", "LOGIN_PASS", "login pass", "Contraseña", in small plain letters.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> found(1);
    bool was_small = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        auto c = static_cast<unsigned char>(name[i]);
        auto next = i + 1 < name.size() ? static_cast<unsigned char>(name[i + 1]) : 0;
        if ((c == 0xcc && next >= 0x80) || (c == 0xcd && next >= 0x80 && next < 0xb0)) { // an accent by itself
            ++i;
            continue;
        }
        char letter = 0;
        bool is_big = c >= 'A' && c <= 'Z';
        if (c == 0xc3 && next >= 0x80) {
            letter = under_accents[next - 0x80];
            is_big = next < 0x9f;
            ++i;
        } else if (is_big || (c >= 'a' && c <= 'z')) {
            letter = static_cast<char>(c | 0x20);
        }
        if (letter == 0 || letter == ' ' || (is_big && was_small)) found.emplace_back();
        if (letter != 0 && letter != ' ') found.back() += letter;
        was_small = letter != 0 && !is_big;
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
