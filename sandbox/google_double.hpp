#pragma once

// What the parts of Google's double have in common: signing in, tokens, calendars.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/google_tokens.hpp"
#include "sandbox/input.hpp"
#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox::google {

/// An OAuth error.
http::Response refuse(int status, std::string_view error, std::string_view words);
/// How the OAuth endpoints misbehave.
Manners oauth_manners(std::string_view operation);
std::string issuer_of(const http::Context& ctx);
std::vector<std::string> words_of(std::string_view text);

/// The two newest, the one that signs first; makes the first.
Task<std::vector<Key>> newest_keys(Sandbox& sandbox, const Context& ctx);
Task<> add_key(Sandbox& sandbox, const Context& ctx, bool only_first);

/// What an access token opens.
struct Permit {
    std::string email;
    std::string scope;
    BOOST_DESCRIBE_CLASS(Permit, (), (email, scope), (), ())

    bool has(std::string_view wanted) const;
};
Task<std::optional<Permit>> find_permit(Sandbox& sandbox, const http::Context& ctx);
/// What a person let a client do before; empty: nothing.
Task<std::string> granted_before(Sandbox& sandbox, const Context& ctx, const std::string& client, const std::string& email);

void token_routes(http::Router& router, Sandbox& sandbox);
void calendar_routes(http::Router& router, Sandbox& sandbox);

} // namespace doorstep::sandbox::google
