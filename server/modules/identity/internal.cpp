#include "modules/identity/internal.hpp"

#include <arpa/inet.h>

#include <array>

#include "core/crypto.hpp"

namespace doorstep::identity {

doorstep::Context everywhere(const doorstep::Context& ctx) {
    auto everyone = ctx;
    everyone.account_id = {};
    everyone.all_accounts = true;
    everyone.credential.reset();
    return everyone;
}

doorstep::Context beyond_account(const doorstep::Context& ctx) {
    auto everyone = ctx;
    everyone.all_accounts = true;
    return everyone;
}

doorstep::Context acting(const doorstep::Context& ctx, const Person& person) {
    auto everyone = everywhere(ctx);
    everyone.account_id = person.account_id;
    everyone.actor = Actor{Actor::Kind::user, person.id.value, person.name};
    return everyone;
}

std::optional<std::string> hash_of(const std::optional<std::string>& text) {
    return text && !text->empty() ? std::optional(sha256_hex(*text)) : std::nullopt;
}

std::string network_of(const std::string& address) {
    std::array<unsigned char, 16> bytes{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
        bytes[3] = 0;
        inet_ntop(AF_INET, bytes.data(), text.data(), text.size());
        return std::string(text.data()) + "/24";
    }
    if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
    constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
        inet_ntop(AF_INET, bytes.data() + 12, text.data(), text.size());
        return network_of(text.data());
    }
    std::fill(bytes.begin() + 6, bytes.end(), 0);
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    return std::string(text.data()) + "/48";
}

std::vector<std::string> failure_keys(const std::string& email_key, const std::string& address, bool known_address) {
    std::vector<std::string> keys{sha256_hex("address " + address + " " + email_key)};
    if (!known_address) keys.push_back(sha256_hex("email " + email_key));
    return keys;
}

std::vector<std::string> own_failure_keys(const Person& person) {
    return {sha256_hex("password of " + person.id.text())};
}

std::string address_key(const doorstep::Context& ctx) {
    return "failures of " + ctx.ip;
}

void require_unlocked(const std::optional<Time>& locked_until, Time now) {
    if (!locked_until) return;
    auto wait = std::chrono::ceil<std::chrono::seconds>(*locked_until - now);
    Error error{429, "locked", "Too many wrong passwords. Try again in " + std::to_string(wait.count()) + " seconds."};
    error.retry_after = wait;
    throw error;
}

Error wrong_credentials() {
    return {401, "wrong_credentials", "The e-mail address or the password is wrong."};
}

Error session_ended() {
    return unauthorized("Your session has ended. Sign in again.");
}

void require_session(const http::Context& ctx) {
    if (ctx.principal.kind != http::Principal::Kind::session) throw forbidden("This is for people who are signed in.");
}

} // namespace doorstep::identity
