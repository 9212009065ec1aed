#pragma once

#include <optional>
#include <string>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"

namespace doorstep::accounts {

enum class Kind { agency, business };
BOOST_DESCRIBE_ENUM(Kind, agency, business)

enum class Role { owner, admin, staff, agent, assistant };
BOOST_DESCRIBE_ENUM(Role, owner, admin, staff, agent, assistant)

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
    std::int64_t quiet_from = 480;   ///< automatic messages go from this minute of the recipient's day …
    std::int64_t quiet_until = 1260; ///< … until this one
    std::int64_t daily_cap = 3;      ///< automatic messages a person within 24 hours
    std::string agent_name;          ///< the account's first owner
    BOOST_DESCRIBE_CLASS(
        SendingProfile, (),
        (account_name, zone, from_email, from_name, reply_to, signature, postal_address, quiet_from, quiet_until, daily_cap,
         agent_name),
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

struct Opened {
    Id<Account> account_id;
    Id<User> user_id;
    std::string agent_code;
};

/// Agencies, businesses, their people.
class Accounts {
public:
    explicit Accounts(db::Database& db) : db_(db) {}

    /// Makes an account with its owner, who can sign in at once. An existing user with that e-mail becomes the owner and keeps
    /// the password. 422 `parent_id` unless it is an agency. `password_hash` comes ready: hashing is for the blocking pool.
    Task<Opened> open(Context& ctx, const NewAccount& input, const std::string& password_hash);
    /// Error 404 if there is none.
    Task<Account> require_account(Context& ctx, Id<Account> id);
    Task<SendingProfile> sending_profile(Context& ctx);

private:
    db::Database& db_;
};

} // namespace doorstep::accounts
