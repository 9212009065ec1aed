#pragma once

#include <optional>
#include <string>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "http/router.hpp"

namespace doorstep::accounts {

enum class Kind { agency, business };
BOOST_DESCRIBE_ENUM(Kind, agency, business)

enum class Role { owner, admin, staff, agent, assistant };
BOOST_DESCRIBE_ENUM(Role, owner, admin, staff, agent, assistant)

/// In which letters are written.
enum class Language { en, es };
BOOST_DESCRIBE_ENUM(Language, en, es)
/// Of a text that stands for one; throws std::logic_error otherwise.
Role role_named(std::string_view text);

struct Account {
    Id<Account> id;
    std::optional<Id<Account>> parent_id;
    Kind kind = Kind::business;
    std::string name;
    std::string agent_code;
    Zone zone;
    Time created_at;
    BOOST_DESCRIBE_CLASS(Account, (), (id, parent_id, kind, name, agent_code, zone, created_at), (), ())
};

struct User {
    Id<User> id;
    std::string name;
    Email email;
    BOOST_DESCRIBE_CLASS(User, (), (id, name, email), (), ())
};

/// What outgoing messages of an account carry, and when and how often they may go.
struct SendingProfile {
    std::string account_name;
    Zone zone;
    std::optional<Email> from_email;
    std::optional<std::string> from_name;
    std::optional<Email> reply_to;
    std::optional<std::string> signature;
    std::optional<std::string> postal_address;
    Language language = Language::en;
    std::optional<std::string> agent_title;
    std::optional<std::string> agent_phone;
    std::optional<std::string> website;
    std::int64_t quiet_from = 480;   ///< automatic messages go from this minute of the recipient's day …
    std::int64_t quiet_until = 1260; ///< … until this one
    std::int64_t daily_cap = 3;      ///< automatic messages a person within 24 hours
    std::string agent_name;          ///< who signs: as set, else the first owner
    BOOST_DESCRIBE_CLASS(
        SendingProfile, (),
        (account_name, zone, from_email, from_name, reply_to, signature, postal_address, language, agent_title, agent_phone,
         website, quiet_from, quiet_until, daily_cap, agent_name),
        (), ()
    )
};

struct NewAccount {
    Line<1, 100> name;
    Kind kind = Kind::business;
    std::optional<Id<Account>> parent_id;
    Email owner_email;
    Line<1, 100> owner_name;
    Secret<1024> owner_password;
    std::optional<Zone> zone;
    bool verified = true; ///< false: the e-mail address is still to be proved, until when nobody signs in
};

/// Somebody who comes in by a letter's link. `password_hash` comes ready.
struct Admission {
    std::string name;
    Email email;
    std::string password_hash;
    Role role = Role::agent;
};

struct Opened {
    Id<Account> account_id;
    Id<User> user_id;
    std::string agent_code;
    bool owner_has_password = false; ///< from before: the one given was not used
};

/// Agencies, businesses, their people.
class Accounts {
public:
    explicit Accounts(db::Database& db) : db_(db) {}

    /// Makes an account with its owner, who can sign in at once. An existing user with that e-mail becomes the owner and keeps
    /// the password. 422 `parent_id` unless it is an agency. `password_hash` comes ready: hashing is for the blocking pool; empty: none.
    Task<Opened> open(Context& ctx, const NewAccount& input, const std::string& password_hash);
    /// Error 404 if there is none.
    Task<Account> require_account(Context& ctx, Id<Account> id);
    /// An account without members under the agency in `ctx`.
    Task<Id<Account>> open_business(db::Session& tx, const Context& ctx, const std::string& name, const Zone& zone);
    /// Makes the reader of the letter a member of the account in `ctx`, whose transaction sees everybody; the address counts as
    /// proved. Somebody who signs in already keeps the password and must be `signed_in`: error 409 `sign_in_first` otherwise, and
    /// `member_already` for a member. Who was removed everywhere comes back with the new password, as by a reset.
    Task<User> admit(db::Session& tx, const Context& ctx, const Admission& input, const std::optional<Uuid>& signed_in);
    /// A business of the agency in `ctx`.
    Task<std::optional<Account>> find_business(Context& ctx, Id<Account> id);
    Task<SendingProfile> sending_profile(Context& ctx);

private:
    db::Database& db_;
};

/// Counts one more letter of a kind to somebody; throws Error 429 after five an hour. Within the transaction that posts it.
Task<> require_few_letters(db::Session& tx, const Context& ctx, const std::string& kind);

// What a role may do is one table: permissions.cpp.

/// Nothing: nobody may.
std::optional<http::Permission> permission_of(const http::Route& route);
/// Whether an API key can have the scope.
bool can_be_given(std::string_view scope);
/// The role of an agency's member in its businesses; none for those who may not act there.
std::optional<Role> role_while_acting(Role at_home);

} // namespace doorstep::accounts
