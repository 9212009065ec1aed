#include "modules/identity/tokens.hpp"

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace doorstep::identity {

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

std::string make_session_token() {
    return "ds_" + random_token();
}

std::string make_api_key_token() {
    return "dk_" + random_token();
}

} // namespace doorstep::identity
