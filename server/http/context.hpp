#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/context.hpp"
#include "http/message.hpp"

namespace doorstep::http {

/// Who sent a request, as the identity module found out.
struct Principal {
    enum class Kind { anonymous, session, api_key };

    Kind kind = Kind::anonymous;
    Uuid account_id{};
    Uuid home_account_id{}; ///< the member's own account while acting in another one; nil otherwise
    Uuid user_id{};
    std::string user_name;
    std::string role;             ///< of the membership: owner, admin, agent, …
    std::set<std::string> scopes; ///< an API key's; a session has "*"
    std::string credential;       ///< SHA-256, hex
    std::string csrf_token;       ///< a session by cookie must send it back on writes; empty: not needed (bearer)
};

/// A request on its way through a handler. What the handler leaves in `cookies` and `headers` goes out with the answer.
struct Context : doorstep::Context {
    Context(const Clock& clock, const Request& request) : doorstep::Context(clock), request(&request) {}

    const Request* request;
    Principal principal;
    std::vector<Cookie> cookies;
    Headers headers;

    void set_cookie(Cookie cookie) { cookies.push_back(std::move(cookie)); }
};

/// Finds out who sent a request; the identity module's part. Throws Error 401 for a credential that is dead, Error 403 for a
/// failed CSRF check. Called for each request that carries a credential.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    virtual Task<Principal> authenticate(Context& ctx) = 0;
    /// Asks the store whether the credential is alive still; throws Error 401 otherwise. Called before a request that never
    /// reached the store is answered, so that a revoked credential learns nothing.
    virtual Task<> confirm(Context& ctx) = 0;
    /// Writes down, in the transaction of the act, what somebody has done who acts in another account than their own.
    virtual Task<> note_act(db::Session& session, const Context& ctx, const std::string& operation_id) = 0;
};

} // namespace doorstep::http
