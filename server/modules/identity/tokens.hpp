#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace doorstep::identity {

inline constexpr std::string_view session_cookie = "doorstep_session";
inline constexpr std::string_view csrf_cookie = "csrf_token";

/// A session ends when it was not used for so long …
inline constexpr std::chrono::days session_idle{30};
/// … and after this time in any case.
inline constexpr std::chrono::days session_life{90};

/// A scope that every credential has, for what concerns the credential itself.
inline constexpr std::string_view own_scope = "self";

struct Presented {
    std::string token;
    bool by_cookie = false;
};

/// What a request shows for itself; a bearer token wins over the cookie. Other schemes of Authorization belong to proxies in
/// front of us. Throws Error 401 for a bearer without token.
std::optional<Presented> presented(const http::Request& request);

/// Prefix and 256 random bits.
std::string make_session_token();
std::string make_api_key_token();

} // namespace doorstep::identity
