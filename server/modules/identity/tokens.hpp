#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/crypto.hpp"
#include "http/message.hpp"

namespace doorstep::identity {

inline constexpr std::string_view session_cookie = "doorstep_session";
inline constexpr std::string_view refresh_cookie = "doorstep_refresh";
inline constexpr std::string_view device_cookie = "doorstep_device";
inline constexpr std::string_view csrf_cookie = "csrf_token";
/// Where the browser shows what renews a session and what makes a device known; nowhere else.
inline constexpr std::string_view sign_in_path = "/api/auth";

/// An access token opens the door for so long; then the session is refreshed.
inline constexpr std::chrono::minutes access_life{15};
/// A session ends when it was not refreshed for so long …
inline constexpr std::chrono::days session_idle{30};
/// … and after this time in any case.
inline constexpr std::chrono::days session_life{90};
/// A spent refresh token still answers with the same successor for so long: two tabs, or an answer that got lost.
inline constexpr std::chrono::seconds refresh_grace{10};

/// A scope that every credential has, for what concerns the credential itself.
inline constexpr std::string_view own_scope = "self";

struct Presented {
    std::string token;
    bool by_cookie = false;
};

/// What a request shows for itself; a bearer token wins over the cookie. Other schemes of Authorization belong to proxies in
/// front of us. Throws Error 401 for a bearer without token.
std::optional<Presented> presented(const http::Request& request);

struct Access {
    std::string secret;
    Time until;
};

struct Refresh {
    std::string secret;
    std::uint32_t generation = 0;
};

/// Writes and reads a session's tokens. Each carries the session's secret, 256 random bits of which the store keeps the SHA-256
/// alone, and what it is good for: until when, or for which refresh. A MAC keeps both together, so that who has stolen one token
/// can't make the next, and a spent one is recognised however old it is.
class SessionTokens {
public:
    explicit SessionTokens(const Sealer& sealer)
        : access_key_(sealer.derive("session access")), refresh_key_(sealer.derive("session refresh")) {}

    static std::string make_secret() { return random_token(); }
    std::string access(std::string_view secret, Time until) const;
    std::string refresh(std::string_view secret, std::uint32_t generation) const;
    /// nullopt: not written here. Whether the time is over is the caller's question.
    std::optional<Access> read_access(std::string_view token) const;
    std::optional<Refresh> read_refresh(std::string_view token) const;

private:
    std::string access_key_;
    std::string refresh_key_;
};

/// An API key: its prefix and 256 random bits.
std::string make_api_key_token();

} // namespace doorstep::identity
