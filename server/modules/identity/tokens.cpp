#include "modules/identity/tokens.hpp"

#include <charconv>

#include "core/error.hpp"
#include "core/text.hpp"

namespace doorstep::identity {
namespace {

constexpr std::string_view access_prefix = "ds_";
constexpr std::string_view refresh_prefix = "dr_";
constexpr std::size_t secret_size = 43; // 32 bytes in base64url

/// "<prefix><secret>.<number>.<mac>"
std::string write(std::string_view prefix, std::string_view key, std::string_view secret, std::int64_t number) {
    std::string token;
    token.append(prefix).append(secret).append(1, '.').append(std::to_string(number));
    auto mac = base64url_encode(hmac_sha256(key, token));
    return token + "." + mac;
}

struct Signed {
    std::string secret;
    std::int64_t number = 0;
};

std::optional<Signed> read(std::string_view prefix, std::string_view key, std::string_view token) {
    auto dot = token.rfind('.');
    if (!token.starts_with(prefix) || dot == token.npos) return std::nullopt;
    auto said = token.substr(0, dot);
    if (!equal_in_constant_time(base64url_encode(hmac_sha256(key, said)), token.substr(dot + 1))) return std::nullopt;
    auto number = said.substr(prefix.size() + secret_size + 1);
    Signed read{std::string(said.substr(prefix.size(), secret_size)), 0};
    std::from_chars(number.data(), number.data() + number.size(), read.number);
    return read;
}

} // namespace

std::optional<Presented> presented(const http::Request& request) {
    constexpr std::string_view scheme = "bearer";
    if (auto header = request.header("Authorization")) {
        auto name = to_lower_ascii(header->substr(0, header->find(' ')));
        if (name == scheme) {
            auto token = trim(header->substr(scheme.size()));
            if (token.empty()) throw unauthorized();
            return Presented{std::string(token), false};
        }
    }
    auto cookie = request.cookie(session_cookie);
    if (!cookie || cookie->empty()) return std::nullopt;
    return Presented{std::move(*cookie), true};
}

std::string SessionTokens::access(std::string_view secret, Time until) const {
    auto seconds = std::chrono::floor<std::chrono::seconds>(until).time_since_epoch().count();
    return write(access_prefix, access_key_, secret, seconds);
}

std::string SessionTokens::refresh(std::string_view secret, std::uint32_t generation) const {
    return write(refresh_prefix, refresh_key_, secret, generation);
}

std::optional<Access> SessionTokens::read_access(std::string_view token) const {
    auto found = read(access_prefix, access_key_, token);
    if (!found) return std::nullopt;
    return Access{std::move(found->secret), Time(std::chrono::seconds(found->number))};
}

std::optional<Refresh> SessionTokens::read_refresh(std::string_view token) const {
    auto found = read(refresh_prefix, refresh_key_, token);
    if (!found) return std::nullopt;
    return Refresh{std::move(found->secret), static_cast<std::uint32_t>(found->number)};
}

std::string make_api_key_token() {
    return "dk_" + random_token();
}

} // namespace doorstep::identity
