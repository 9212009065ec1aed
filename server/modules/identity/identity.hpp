#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/blocking.hpp"
#include "core/crypto.hpp"
#include "http/router.hpp"
#include "modules/accounts/accounts.hpp"

namespace doorstep::identity {

struct Login {
    Email email;
    Secret<1024> password;
    std::optional<Line<0, 200>> deviceId;
    std::optional<Line<0, 500>> deviceFingerprint;
    std::optional<bool> trustDevice;
    BOOST_DESCRIBE_CLASS(Login, (), (email, password, deviceId, deviceFingerprint, trustDevice), (), ())
};

struct SignedIn {
    std::string accessToken;
    std::int64_t expiresIn = 0; ///< seconds
    accounts::User user;
    BOOST_DESCRIBE_CLASS(SignedIn, (), (accessToken, expiresIn, user), (), ())
};

struct Me {
    accounts::User user;
    accounts::Account account;
    accounts::Role role = accounts::Role::owner;
    std::vector<std::string> scopes;
    std::string csrf_token;
    BOOST_DESCRIBE_CLASS(Me, (), (user, account, role, scopes, csrf_token), (), ())
};

struct ApiKey {
    Id<ApiKey> id;
    std::string name;
    std::string prefix; ///< the key's first characters, to tell keys apart
    std::vector<std::string> scopes;
    Time created_at;
    std::optional<Time> last_used_at;
    BOOST_DESCRIBE_CLASS(ApiKey, (), (id, name, prefix, scopes, created_at, last_used_at), (), ())
};

struct NewApiKey {
    Line<1, 100> name;
    std::vector<Line<1, 60>> scopes; ///< "clients:read", …; "*": everything its maker may do
    BOOST_DESCRIBE_CLASS(NewApiKey, (), (name, scopes), (), ())
};

/// The only time the key itself is shown.
struct MadeApiKey {
    Id<ApiKey> id;
    std::string name;
    std::string prefix;
    std::vector<std::string> scopes;
    Time created_at;
    std::string api_key;
    BOOST_DESCRIBE_CLASS(MadeApiKey, (), (id, name, prefix, scopes, created_at, api_key), (), ())
};

struct ApiKeyList {
    std::vector<ApiKey> items;
    BOOST_DESCRIBE_CLASS(ApiKeyList, (), (items), (), ())
};

/// Signing in and out, sessions, API keys; finds out who sent a request. Tokens are opaque, 256 bits, and only their SHA-256 is
/// kept; the store is asked in the transaction of each request whether the credential is alive, so that revoking one counts at
/// once on every server. What a thread keeps of a credential (account, role, scopes) is only a hint to form that question.
class Identity : public http::Authenticator {
public:
    Identity(db::Database& db, accounts::Accounts& accounts, Blocking& blocking, const Sealer& sealer);
    ~Identity() override;

    Task<http::Principal> authenticate(http::Context& ctx) override;
    Task<> confirm(http::Context& ctx) override;

    /// Sets the cookies. Wrong and unknown are the same 401 and take the same time; after 5 failures 429 with Retry-After.
    Task<SignedIn> sign_in(http::Context& ctx, const Login& input);
    Task<> sign_out(http::Context& ctx);
    Task<Me> me(http::Context& ctx);

    /// 422 on a scope that does not exist.
    Task<MadeApiKey> make_api_key(Context& ctx, const NewApiKey& input, Id<accounts::User> user);
    Task<std::vector<ApiKey>> list_api_keys(Context& ctx);
    /// Error 404 if there is none that lives.
    Task<> revoke_api_key(Context& ctx, Id<ApiKey> id);

    accounts::Accounts& accounts() { return accounts_; }

private:
    db::Database& db_;
    accounts::Accounts& accounts_;
    Blocking& blocking_;
    const Sealer& sealer_;
    struct Cache;
    std::unique_ptr<Cache> cache_;
};

/// For db::Options::enter.
const db::Query& enter_query();

void routes(http::Router& router, Identity& identity);

} // namespace doorstep::identity
