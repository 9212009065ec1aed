#pragma once

// What is asked for and answered in signing in, as the API shows it.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/qr.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/identity/password_policy.hpp"

namespace doorstep::identity {

using accounts::User;

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
    User user;
    BOOST_DESCRIBE_CLASS(SignedIn, (), (accessToken, expiresIn, user), (), ())
};

enum class MfaType { email_otp, totp };
BOOST_DESCRIBE_ENUM(MfaType, email_otp, totp)

/// Why the password was not enough.
enum class MfaReason { new_device, new_country, new_network, impossible_travel, inactivity, failures, second_factor };
BOOST_DESCRIBE_ENUM(MfaReason, new_device, new_country, new_network, impossible_travel, inactivity, failures, second_factor)

/// Nothing is signed in: a code is needed.
struct MfaRequired {
    bool requiresMfa = true;
    std::string challengeId;
    MfaType mfaType = MfaType::email_otp;
    std::string maskedEmail;
    Time expiresAt;
    MfaReason reason = MfaReason::new_device;
    BOOST_DESCRIBE_CLASS(MfaRequired, (), (requiresMfa, challengeId, mfaType, maskedEmail, expiresAt, reason), (), ())
};

using SignInAnswer = std::variant<SignedIn, MfaRequired>;

struct MfaCode {
    Line<1, 200> challengeId;
    Line<1, 40> code; ///< six digits, or a recovery code
    std::optional<bool> trustDevice;
    BOOST_DESCRIBE_CLASS(MfaCode, (), (challengeId, code, trustDevice), (), ())
};

struct MfaResend {
    Line<1, 200> challengeId;
    BOOST_DESCRIBE_CLASS(MfaResend, (), (challengeId), (), ())
};

struct RefreshRequest {
    std::optional<Secret<400>> refreshToken; ///< instead of the cookie
    BOOST_DESCRIBE_CLASS(RefreshRequest, (), (refreshToken), (), ())
};

struct Refreshed {
    std::string accessToken;
    std::int64_t expiresIn = 0;
    std::optional<std::string> refreshToken; ///< the next one, where the last came in the body; else it is in the cookie
    BOOST_DESCRIBE_CLASS(Refreshed, (), (accessToken, expiresIn, refreshToken), (), ())
};

struct Me {
    User user;
    accounts::Account account;
    std::optional<accounts::Account> home_account; ///< the user's own, while they act in another
    accounts::Role role = accounts::Role::owner;   ///< in `account`
    std::vector<std::string> scopes;
    std::string csrf_token;
    BOOST_DESCRIBE_CLASS(Me, (), (user, account, home_account, role, scopes, csrf_token), (), ())
};

/// One of the accounts that a person is a member of.
struct OwnAccount {
    Id<accounts::Account> id;
    std::string name;
    accounts::Kind kind = accounts::Kind::business;
    accounts::Role role = accounts::Role::owner;
    bool current = false;
    BOOST_DESCRIBE_CLASS(OwnAccount, (), (id, name, kind, role, current), (), ())
};

struct OwnAccountList {
    std::vector<OwnAccount> items;
    BOOST_DESCRIBE_CLASS(OwnAccountList, (), (items), (), ())
};

struct AccountChoice {
    Id<accounts::Account> account_id;
    BOOST_DESCRIBE_CLASS(AccountChoice, (), (account_id), (), ())
};

struct SignUp {
    Line<1, 100> name;
    Email email;
    NewPassword password;
    std::optional<Line<1, 100>> account_name;
    std::optional<Zone> zone;
    BOOST_DESCRIBE_CLASS(SignUp, (), (name, email, password, account_name, zone), (), ())
};

/// The same whether the address was free or not.
struct SignUpTaken {
    Email email;
    Time expires_at; ///< the letter's link
    BOOST_DESCRIBE_CLASS(SignUpTaken, (), (email, expires_at), (), ())
};

struct MePatch {
    Patch<Line<1, 100>> name;
    BOOST_DESCRIBE_CLASS(MePatch, (), (name), (), ())
};

struct EmailChangeTaken {
    Email email;
    Time expires_at; ///< the letter's link
    BOOST_DESCRIBE_CLASS(EmailChangeTaken, (), (email, expires_at), (), ())
};

struct EmailedToken {
    Secret<200> token;
    BOOST_DESCRIBE_CLASS(EmailedToken, (), (token), (), ())
};

struct Verified {
    Email email;
    BOOST_DESCRIBE_CLASS(Verified, (), (email), (), ())
};

struct PasswordChange {
    Secret<1024> current_password;
    NewPassword new_password;
    BOOST_DESCRIBE_CLASS(PasswordChange, (), (current_password, new_password), (), ())
};

struct PasswordReset {
    Secret<200> token;
    NewPassword password;
    BOOST_DESCRIBE_CLASS(PasswordReset, (), (token, password), (), ())
};

struct GoogleStart {
    std::optional<Line<0, 500>> next; ///< the page to go to afterwards
    BOOST_DESCRIBE_CLASS(GoogleStart, (), (next), (), ())
};

struct GoogleAnswer {
    std::optional<Line<1, 2000>> code;
    std::optional<Line<1, 500>> state;
    std::optional<Line<1, 200>> error;
    BOOST_DESCRIBE_CLASS(GoogleAnswer, (), (code, state, error), (), ())
};

struct ForEmail {
    Email email;
    BOOST_DESCRIBE_CLASS(ForEmail, (), (email), (), ())
};

/// A signed-in browser or program.
struct Session {
    Id<Session> id;
    std::string name; ///< what it said of itself
    std::optional<std::string> address;
    std::optional<std::string> method;
    std::optional<Id<struct Device>> device_id;
    Time created_at;
    std::optional<Time> last_used_at;
    Time expires_at;
    bool current = false;
    BOOST_DESCRIBE_CLASS(
        Session, (), (id, name, address, method, device_id, created_at, last_used_at, expires_at, current), (), ()
    )
};

struct SessionList {
    std::vector<Session> items;
    BOOST_DESCRIBE_CLASS(SessionList, (), (items), (), ())
};

/// A browser in which no code is asked for.
struct Device {
    Id<Device> id;
    std::string name;
    std::optional<std::string> address;
    Time created_at;
    Time last_seen_at;
    Time trusted_until;
    bool current = false;
    BOOST_DESCRIBE_CLASS(Device, (), (id, name, address, created_at, last_seen_at, trusted_until, current), (), ())
};

struct DeviceList {
    std::vector<Device> items;
    BOOST_DESCRIBE_CLASS(DeviceList, (), (items), (), ())
};

struct Passkey {
    Id<Passkey> id;
    std::string name;
    Time created_at;
    std::optional<Time> last_used_at;
    BOOST_DESCRIBE_CLASS(Passkey, (), (id, name, created_at, last_used_at), (), ())
};

struct PasskeyList {
    std::vector<Passkey> items;
    BOOST_DESCRIBE_CLASS(PasskeyList, (), (items), (), ())
};

/// What a person has besides the password.
struct Factors {
    bool totp = false;
    std::int64_t recovery_codes_left = 0;
    std::vector<Passkey> passkeys;
    BOOST_DESCRIBE_CLASS(Factors, (), (totp, recovery_codes_left, passkeys), (), ())
};

struct TotpStarted {
    std::string secret;
    std::string otpauth_url;
    QrCode qr;
    BOOST_DESCRIBE_CLASS(TotpStarted, (), (secret, otpauth_url, qr), (), ())
};

struct FactorCode {
    Line<1, 40> code; ///< of the app, or a recovery code
    BOOST_DESCRIBE_CLASS(FactorCode, (), (code), (), ())
};

/// One of both.
struct Proof {
    std::optional<Secret<1024>> password;
    std::optional<Line<1, 40>> code; ///< of the app, or a recovery code
    BOOST_DESCRIBE_CLASS(Proof, (), (password, code), (), ())
};

/// The only time they are shown.
struct RecoveryCodes {
    std::vector<std::string> recovery_codes;
    BOOST_DESCRIBE_CLASS(RecoveryCodes, (), (recovery_codes), (), ())
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

} // namespace doorstep::identity
