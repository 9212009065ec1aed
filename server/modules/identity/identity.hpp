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
#include "jobs/jobs.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/audit/audit.hpp"
#include "modules/events/events.hpp"
#include "modules/identity/letters.hpp"
#include "modules/identity/passkey_types.hpp"
#include "modules/identity/places.hpp"
#include "modules/identity/types.hpp"

namespace doorstep::identity {

class CredentialCache;
class SessionTokens;
class OpenIdProvider;
struct OpenIdPerson;
struct Person;
struct Entry;
struct KeyFacts;
struct WithPassword;

struct Parts {
    db::Database& db;
    accounts::Accounts& accounts;
    audit::Audit& audit;
    events::Events& events;
    Blocking& blocking;
    const Sealer& sealer;
    Letters& letters;
    OpenIdProvider* google = nullptr; ///< null: nobody signs in with Google
    const Places* places = nullptr;   ///< null: nobody knows where an address is
    std::string public_url;           ///< of the links in letters
};

/// Signing up, in and out, sessions, devices, API keys; finds out who sent a request. Of a session's secret and of a key only the
/// SHA-256 is kept; the store is asked in the transaction of each request whether the credential is alive, so that revoking one
/// counts at once on every server. What a thread keeps of a credential (account, role, scopes) for a minute is only a hint to
/// form that question: it can't go stale, since a member's credentials end with a change of the role.
class Identity : public http::Authenticator {
public:
    explicit Identity(const Parts& parts);
    ~Identity() override;

    /// Reads `Authorization: Bearer` or else the session's cookie; anonymous without either.
    Task<http::Principal> authenticate(http::Context& ctx) override;
    Task<> confirm(http::Context& ctx) override;
    Task<> note_act(db::Session& session, const http::Context& ctx, const std::string& operation_id) override;

    // --- sign_up.cpp: nothing of it tells whether an address has an account
    /// Keeps the sign-up until its letter is answered. 422 for a password that is too short or known to be in lists.
    Task<SignUpTaken> sign_up(http::Context& ctx, const SignUp& input);
    /// Opens the account, or puts a person's new address in the place of the old one. Error 410 for a token that is unknown, used or older than a day.
    Task<Verified> verify_email(http::Context& ctx, const EmailedToken& input);
    Task<> resend_verification(http::Context& ctx, const ForEmail& input);

    // --- sign_in.cpp
    /// Wrong and unknown are the same 401 and take the same time; after 5 failures 429 with Retry-After. Sets the cookies, or
    /// asks for a code: on a device that is not trusted, or where something is unusual. The first sign-in ever asks for none and
    /// trusts its device: there is nothing to compare it with.
    Task<SignInAnswer> sign_in(http::Context& ctx, const Login& input);

    // --- own_accounts.cpp
    Task<Me> me(http::Context& ctx);
    Task<OwnAccountList> list_own_accounts(http::Context& ctx);
    /// Ends this session and begins one in another account of the person. 404 unless they are an active member there.
    Task<SignedIn> switch_account(http::Context& ctx, const AccountChoice& input);

    // --- own_profile.cpp
    Task<Me> update_me(http::Context& ctx, const MePatch& patch);
    /// Writes to the new address, which counts once the letter is answered (verify_email). The answer does not tell whether the
    /// address is in use. Error 403 `proof_needed`, see prove(); 429 after 5 letters an hour.
    Task<EmailChangeTaken> change_email(http::Context& ctx, const ForEmail& input);

    // --- security_log.cpp
    /// Writes a refused password into the security log of the person's account, if there is such a person.
    Task<> note_failure(const Context& ctx, const Email& email, std::optional<Time> locked_until);

    // --- challenges.cpp
    /// Error 401 for a wrong code, 410 after 5 of them, after 10 minutes, or a second time; 429 after 10 wrong ones in an hour.
    Task<SignedIn> verify_mfa(http::Context& ctx, const MfaCode& input);
    /// Another code for the same challenge; the tries stay counted.
    Task<MfaRequired> resend_mfa(http::Context& ctx, const MfaResend& input);

    // --- sessions.cpp
    /// Signs a member in within the caller's transaction, on a device that is trusted from then on: for invitations, where the
    /// letter has proved who it is. The cookies are set once it commits.
    Task<SignedIn> begin_session(db::Session& tx, http::Context& ctx, Id<User> user, Uuid account);
    /// The next tokens for a refresh token, by cookie or in the body. One that was spent more than 10 seconds ago ends the
    /// session, and its owner is told. Error 401 for that, an unknown one, or a session that has ended.
    Task<Refreshed> refresh(http::Context& ctx, const RefreshRequest& input);
    /// Ends the session and clears the cookies. Error 403 for an API key, which is revoked instead.
    Task<> sign_out(http::Context& ctx);
    /// Ends every session of the user, this one included.
    Task<> sign_out_everywhere(http::Context& ctx);

    // --- session_list.cpp
    Task<SessionList> list_sessions(http::Context& ctx);
    /// These throw Error 404 unless it is the user's own and alive.
    Task<> end_session(http::Context& ctx, Id<Session> id);
    Task<DeviceList> list_devices(http::Context& ctx);
    /// The device is a new one again, and its sessions end.
    Task<> forget_device(http::Context& ctx, Id<Device> id);

    // --- passwords.cpp
    /// All sessions end; this browser gets a new one. 422 for a wrong current or a bad new password, 429 after 5 wrong ones.
    Task<SignedIn> change_password(http::Context& ctx, const PasswordChange& input);
    /// Answers the same, in the same time, whoever it is; the letter is written by a job.
    Task<> forgot_password(http::Context& ctx, const ForEmail& input);
    Task<> send_reset(Context& ctx, const Email& email, const std::string& ip);
    /// Ends all sessions and begins none: signing in afterwards asks for whatever it asks for. Error 410 for a token that is
    /// unknown, used or older than an hour.
    Task<> reset_password(http::Context& ctx, const PasswordReset& input);

    // --- google.cpp
    /// Sends the browser to Google, and remembers in it what was begun.
    Task<http::Response> google_begin(http::Context& ctx, const GoogleStart& input);
    /// Where Google sends it back: signed in, in an account opened or linked by an address that Google has verified, or on the
    /// sign-in page with the reason.
    Task<http::Response> google_end(http::Context& ctx, const GoogleAnswer& input);

    // --- step_up.cpp: how the account is opened is changed only by who has just shown to be its owner
    /// For ten minutes. 422 for a wrong password or code, 429 after 5 wrong passwords or 10 wrong codes an hour.
    Task<> prove(http::Context& ctx, const Proof& input);

    // --- second_factors.cpp: each change ends the person's other sessions and distrusts all devices
    Task<Factors> factors(http::Context& ctx);
    /// A new secret, which counts once it is confirmed. Error 409 where one is in use. This and what adds or removes a passkey
    /// throw Error 403 `proof_needed` unless the session began or was proved within ten minutes.
    Task<TotpStarted> start_totp(http::Context& ctx);
    /// 422 for a wrong or used code; 429 after 10 wrong ones in an hour.
    Task<RecoveryCodes> confirm_totp(http::Context& ctx, const FactorCode& input);
    Task<> remove_totp(http::Context& ctx, const FactorCode& input);
    Task<RecoveryCodes> renew_recovery_codes(http::Context& ctx, const FactorCode& input);

    // --- passkeys.cpp: a passkey is both factors, so no code follows
    Task<PasskeyCreation> passkey_options(http::Context& ctx);
    /// 422 for what is no key of this site made by a verified person, 410 for a challenge that is over, 409 for a known key.
    Task<Passkey> add_passkey(http::Context& ctx, const NewPasskey& input);
    Task<PasskeyList> list_passkeys(http::Context& ctx);
    Task<> remove_passkey(http::Context& ctx, Id<Passkey> id);
    Task<PasskeyRequest> passkey_login_options(http::Context& ctx);
    /// Error 401 for an unknown key or a wrong signature; a key whose counter went back was copied, and its owner is told.
    Task<SignedIn> passkey_login(http::Context& ctx, const PasskeyLogin& input);

    // --- members.cpp
    /// Ends every session and key of a member of the account in `ctx`, at once and with their streams.
    Task<> end_credentials_of(db::Session& tx, const Context& ctx, Id<User> user, std::string_view reason);
    /// Error 422 on `field` for a password that is not good enough.
    Task<std::string> hash_new_password(
        std::string_view field, const std::string& password, const std::string& email, const std::string& name
    );

    // --- api_keys.cpp
    /// 422 on a scope that does not exist, 404 unless the user is a member of the account.
    Task<MadeApiKey> make_api_key(Context& ctx, const NewApiKey& input, Id<User> user);
    /// The account's living keys, or one member's, oldest first.
    Task<std::vector<ApiKey>> list_api_keys(Context& ctx, std::optional<Id<User>> only_of = std::nullopt);
    /// These throw Error 404 if there is none that lives.
    Task<ApiKey> require_api_key(Context& ctx, Id<ApiKey> id, std::optional<Id<User>> only_of = std::nullopt);
    Task<> revoke_api_key(Context& ctx, Id<ApiKey> id, std::optional<Id<User>> only_of = std::nullopt);

    /// Writes down which credentials were used since the last call. Every thread calls it each few seconds, so that no request
    /// has to wait for it.
    Task<> note_uses(Context& ctx);
    /// Forgets what ended 90 days ago, sign-in failures of more than a day, and what waited in vain; for a schedule. Returns how
    /// many.
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
    std::string csrf_token(std::string_view secret) const;
    void set_cookies(http::Context& ctx, const std::string& secret, Time until, std::uint32_t generation) const;
    void clear_cookies(http::Context& ctx) const;
    void ended(db::Session& tx, std::string hash);
    void ended(db::Session& tx, const std::vector<std::string>& hashes);

    std::string code_hash(std::string_view challenge, std::string_view code) const;
    void verification(db::Session& tx, const http::Context& ctx, const Person& person, const std::string& token);

    /// Throws Error 429 if `key` was counted more than `most` times within the window.
    Task<> take(const Context& everyone, const std::string& key, std::chrono::seconds window, int most);
    /// The same without counting.
    Task<> require_below(const Context& everyone, const std::string& key, int most);
    Task<> end_reused(const http::Context& ctx, const Person& person, const std::string& hash);
    /// A new trusted device of the person: this browser, once it commits.
    Uuid trust_browser(db::Session& tx, http::Context& ctx, const Entry& entry);
    /// The person was here, in this browser, without signing in: it is trusted, and what comes next is compared with it.
    void note_presence(db::Session& tx, http::Context& ctx, const Person& person);
    void note_place(db::Session& tx, const http::Context& ctx, const Person& person);
    Task<SignedIn> begin(db::Session& tx, http::Context& ctx, const doorstep::Context& actor, const Entry& entry);
    Task<std::optional<Uuid>> find_device(
        db::Session& tx, const Person& person, const std::optional<std::string>& device_hash, Time now
    );
    Task<> password_changed(db::Session& tx, const doorstep::Context& actor, const Person& person);
    /// The new address, if the letter's token is one of change_email().
    Task<std::optional<Email>> take_email_change(db::Session& tx, http::Context& ctx, const std::string& token_hash);
    Task<http::Response> google_sign_in(http::Context& ctx, const OpenIdPerson& who, const std::string& next);
    Task<Person> open_for(db::Session& tx, const doorstep::Context& everyone, const Email& email, const std::string& name);
    Task<std::string> make_passkey_challenge(const doorstep::Context& everyone, std::optional<Id<User>> user);
    /// Into the history and the security log: what a person did about themselves. Late in the transaction, as Audit::record.
    Task<> note(db::Session& tx, const doorstep::Context& actor, std::string kind, Json details = {});
    /// Into the security log: what was done about a person by somebody who did not prove to be them.
    Task<> note_about(db::Session& tx, const doorstep::Context& ctx, const Person& person, std::string kind, Json details = {});
    Task<> note_refusal(
        const doorstep::Context& ctx, const Person& person, std::string_view method, std::optional<Time> locked_until = {}
    );
    /// Counts a wrong password for whomever; until when they were locked before it.
    Task<std::optional<Time>> count_failure(
        const doorstep::Context& everyone, const Email& email, const std::vector<std::string>& keys
    );
    Task<> note_key(db::Session& tx, const doorstep::Context& ctx, std::string kind, Id<ApiKey> id, const KeyFacts& facts);
    /// Tells a person what happened to the account, by mail.
    void alert(db::Session& tx, const doorstep::Context& ctx, const Person& person, std::string_view what);
    Task<Person> require_person(const http::Context& ctx);
    /// The person, who has signed in with this session or proved to be its owner within ten minutes.
    Task<Person> require_proved(const http::Context& ctx);
    /// 422 on `field` unless it is the person's password; 429 after 5 wrong ones.
    Task<> require_password(
        const doorstep::Context& everyone, const WithPassword& person, std::string_view field, const Secret<1024>& word
    );
    Place place_of(const std::string& address) const;
    /// Whether it is a code of the person's app or paper that was not used before; it is from now on.
    Task<bool> spend_code(db::Session& tx, const Person& person, const std::string& code, Time now);
    RecoveryCodes make_codes(db::Session& tx, const Person& person);
    Task<> factor_changed(db::Session& tx, const http::Context& ctx, const Person& person, const std::string& what);
    Task<> require_tries(const doorstep::Context& everyone, const Person& person);
    Task<> count_wrong_code(const doorstep::Context& everyone, const Person& person);
    Task<MfaRequired> challenge(
        db::Session& tx, const doorstep::Context& actor, const Entry& entry, MfaType type, MfaReason reason
    );
    Task<> send_code(
        db::Session& tx, const doorstep::Context& actor, const Person& person, const std::string& code, MfaReason reason
    );

    db::Database& db_;
    accounts::Accounts& accounts_;
    audit::Audit& audit_;
    events::Events& events_;
    Blocking& blocking_;
    Letters& letters_;
    OpenIdProvider* google_;
    const Sealer& sealer_;
    const Places* places_;
    std::string public_url_;
    std::string csrf_key_;
    std::string code_key_;
    std::unique_ptr<SessionTokens> tokens_;
    std::unique_ptr<CredentialCache> cache_;
    std::unordered_map<std::string, Time> uses_;
    std::function<void(const std::string&)> on_ended_;
    std::uint64_t passwords_verified_ = 0;
};

/// For db::Options::enter.
const db::Query& enter_query();

void routes(http::Router& router, Identity& identity);
void jobs(jobs::Registry& registry, Identity& identity);

} // namespace doorstep::identity
