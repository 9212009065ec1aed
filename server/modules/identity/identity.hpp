#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/blocking.hpp"
#include "core/crypto.hpp"
#include "http/router.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/events/events.hpp"

namespace doorstep::identity {

class CredentialCache;

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
    std::optional<accounts::Account> home_account; ///< the user's own, while they act in another
    accounts::Role role = accounts::Role::owner;   ///< in `account`
    std::vector<std::string> scopes;
    std::string csrf_token;
    BOOST_DESCRIBE_CLASS(Me, (), (user, account, home_account, role, scopes, csrf_token), (), ())
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
/// once on every server. What a thread keeps of a credential (account, role, scopes) for a minute is only a hint to form that
/// question: it can't go stale, since a member's credentials end with a change of the role.
class Identity : public http::Authenticator {
public:
    Identity(db::Database& db, accounts::Accounts& accounts, events::Events& events, Blocking& blocking, const Sealer& sealer);
    ~Identity() override;

    /// Reads `Authorization: Bearer` or else the session's cookie; anonymous without either.
    Task<http::Principal> authenticate(http::Context& ctx) override;
    Task<> confirm(http::Context& ctx) override;

    /// Sets the cookies. Wrong and unknown are the same 401 and take the same time; after 5 failures 429 with Retry-After.
    Task<SignedIn> sign_in(http::Context& ctx, const Login& input);
    /// Ends the session and clears the cookies. Error 403 for an API key, which is revoked instead.
    Task<> sign_out(http::Context& ctx);
    Task<Me> me(http::Context& ctx);

    /// 422 on a scope that does not exist, 404 unless the user is a member of the account.
    Task<MadeApiKey> make_api_key(Context& ctx, const NewApiKey& input, Id<accounts::User> user);
    /// The account's living keys, or one member's, oldest first.
    Task<std::vector<ApiKey>> list_api_keys(Context& ctx, std::optional<Id<accounts::User>> only_of = std::nullopt);
    /// These throw Error 404 if there is none that lives.
    Task<ApiKey> require_api_key(Context& ctx, Id<ApiKey> id, std::optional<Id<accounts::User>> only_of = std::nullopt);
    Task<> revoke_api_key(Context& ctx, Id<ApiKey> id, std::optional<Id<accounts::User>> only_of = std::nullopt);

    /// Writes down which credentials were used since the last call. Every thread calls it each few seconds, so that no request
    /// has to wait for it.
    Task<> note_uses(Context& ctx);
    /// Forgets credentials that ended 90 days ago and sign-in failures of more than a day; for a schedule. Returns how many.
    Task<std::int64_t> forget_ended(Context& ctx);

    /// `action` gets the SHA-256 of each credential that was ended on this thread: to end its streams.
    void on_ended(std::function<void(const std::string& credential)> action) { on_ended_ = std::move(action); }

    /// How many passwords were compared, right or wrong, of known users or not.
    std::uint64_t passwords_verified() const { return passwords_verified_; }

private:
    Task<bool> verify(std::string password, std::optional<std::string> hash);
    Task<std::optional<http::Principal>> look_up(const http::Context& ctx, const std::string& hash);
    /// Makes a principal one who acts in another account; throws Error 403 unless they may.
    Task<> act_in(http::Context& ctx, http::Principal& principal, Uuid account);
    std::string csrf_token(std::string_view token) const;
    void set_cookies(http::Context& ctx, const std::string& token) const;
    void clear_cookies(http::Context& ctx) const;
    void ended(db::Session& tx, std::string hash);

    db::Database& db_;
    accounts::Accounts& accounts_;
    events::Events& events_;
    Blocking& blocking_;
    std::string csrf_key_;
    std::unique_ptr<CredentialCache> cache_;
    std::unordered_map<std::string, Time> uses_;
    std::function<void(const std::string&)> on_ended_;
    std::uint64_t passwords_verified_ = 0;
};

/// For db::Options::enter.
const db::Query& enter_query();

void routes(http::Router& router, Identity& identity);

} // namespace doorstep::identity
