#pragma once

// What the parts of signing in hand to each other.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "http/context.hpp"
#include "modules/identity/types.hpp"

namespace doorstep::identity {

/// Who signs in, and in which account: of several the own one, then the oldest.
struct Person {
    Id<User> id;
    std::string name;
    Email email;
    Uuid account_id;
    BOOST_DESCRIBE_CLASS(Person, (), (id, name, email, account_id), (), ())
};

/// Joins the account that a user `u` signs in to, as `m`.
#define HOME_MEMBERSHIP                                                  \
    " join lateral ("                                                    \
    "     select account_id from memberships"                            \
    "      where user_id = u.id and deactivated_at is null"              \
    "      order by role = 'owner' desc, created_at, account_id limit 1" \
    " ) m on true "

struct WithPassword : Person {
    std::optional<std::string> password_hash;
    BOOST_DESCRIBE_CLASS(WithPassword, (Person), (password_hash), (), ())
};

/// A sign-in that is granted, or waits for a code.
struct Entry {
    Person person;
    std::string_view method = "password";
    std::string_view act = "signed_in"; ///< what the logs call it
    std::optional<Uuid> device_id;      ///< trusted already
    bool trust = false;                 ///< trust it from now on
    bool proved = true;                 ///< it has shown just now whose session it is
    std::optional<std::string> own_id_hash;
    std::optional<std::string> fingerprint_hash;
    std::vector<std::string> failure_keys; ///< forgotten by a sign-in
};

/// What the logs show of a key.
struct KeyFacts {
    std::string name;
    std::string prefix;
    std::vector<std::string> scopes;
    BOOST_DESCRIBE_CLASS(KeyFacts, (), (name, prefix, scopes), (), ())
};

/// A browser that was trusted is asked for no code for so long after it was used last.
inline constexpr std::chrono::days device_trust{90};
inline constexpr std::chrono::minutes code_life{10};
inline constexpr std::chrono::minutes challenge_life{30};
inline constexpr int most_tries = 5;

/// Before a credential is known, its tenant is not known either.
doorstep::Context everywhere(const doorstep::Context& ctx);
/// What belongs to a person and not to an account, asked for by a credential that must be alive.
doorstep::Context beyond_account(const doorstep::Context& ctx);
/// The one who signs in acts, in the own account.
doorstep::Context acting(const doorstep::Context& ctx, const Person& person);

std::optional<std::string> hash_of(const std::optional<std::string>& text);
/// "192.0.2.0/24", "2001:db8:1::/48": within it, a person who moves about is no news.
std::string network_of(const std::string& address);

/// What wrong passwords are counted by. Whoever signs in from an address that the user has signed in from is held up by the
/// failures from there alone, so that strangers can't lock the user out.
std::vector<std::string> failure_keys(const std::string& email_key, const std::string& address, bool known_address);

/// Wrong passwords and links that a client address may send, for whomever, within a quarter of an hour.
inline constexpr int most_failures_of_address = 100;
inline constexpr std::chrono::minutes address_window{15};
std::string address_key(const doorstep::Context& ctx);

/// Throws Error 429 `locked` with Retry-After while there is a lock.
void require_unlocked(const std::optional<Time>& locked_until, Time now);

/// The member $2 of account $1, with the hash of the password.
const db::Query& password_query();

/// Ends the links to a new password of the user $1.
const db::Query& forget_resets_query();

/// What wrong passwords of somebody who is signed in are counted by.
std::vector<std::string> own_failure_keys(const Person& person);

/// The member $2 of account $1, as a Person.
const db::Query& member_query();

/// The person whose verified address has the key $1, in the account they sign in to.
const db::Query& person_by_email();

/// Until when one of the keys $1 is locked at $2.
const db::Query& locked_query();

/// app.count_sign_in_failure(keys, now): until when they were locked before it; null where it was counted.
const db::Query& count_failure_query();

/// app.take(key, now, seconds, most).
const db::Query& take_sql();

Error wrong_credentials();
Error session_ended();

/// For handlers that are about the person who is signed in. Error 403 for an API key.
void require_session(const http::Context& ctx);

} // namespace doorstep::identity
