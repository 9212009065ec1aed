// Signing in with a passkey: made by a member, checked by what the authenticator signs.

#include "core/crypto_cose.hpp"
#include "core/log.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/tokens.hpp"
#include "modules/identity/webauthn.hpp"

namespace doorstep::identity {
namespace {

const db::Query insert_challenge_sql{"identity.insert_passkey_challenge", R"sql(
    insert into passkey_challenges (hash, user_id, expires_at) values ($1, $2, $3)
)sql"};

const db::Query take_challenge_sql{"identity.take_passkey_challenge", R"sql(
    delete from passkey_challenges where hash = $1 and user_id is not distinct from $2 and expires_at > $3 returning true
)sql"};

const db::Query own_credentials_sql{"identity.own_passkey_credentials", R"sql(
    select 'public-key' as type, credential_id as id, transports from passkeys where user_id = $1 order by created_at, id
)sql"};

const db::Query insert_passkey_sql{"identity.insert_passkey", R"sql(
    insert into passkeys (id, user_id, credential_id, public_key, sign_count, name, transports, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
)sql"};

const db::Query list_passkeys_sql{"identity.list_passkeys", R"sql(
    select id, name, created_at, last_used_at from passkeys where user_id = $1 order by created_at, id
)sql"};

const db::Query find_passkey_sql{"identity.find_passkey", R"sql(
    select u.id, u.name, u.email, m.account_id, p.id as passkey_id, p.public_key, p.sign_count
      from passkeys p
      join users u on u.id = p.user_id
)sql" HOME_MEMBERSHIP R"sql(
     where p.credential_id = $1 and u.email_verified_at is not null
)sql"};

const db::Query use_passkey_sql{"identity.use_passkey", R"sql(
    update passkeys set sign_count = $2, last_used_at = $3 where id = $1 and (sign_count < $2 or (sign_count = 0 and $2 = 0))
)sql"};

const db::Query remove_passkey_sql{"identity.remove_passkey", R"sql(
    delete from passkeys where user_id = $1 and id = $2
)sql"};

struct Found : Person {
    Uuid passkey_id;
    std::string public_key;
    std::int64_t sign_count = 0;
    BOOST_DESCRIBE_CLASS(Found, (Person), (passkey_id, public_key, sign_count), (), ())
};

constexpr std::chrono::minutes challenge_time{5};
constexpr std::int64_t timeout_ms = 300'000;
constexpr int most_challenges_of_address = 300;

Error not_known() {
    return {401, "unknown_passkey", "This passkey opens nothing here."};
}

std::string raw(Uuid id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

} // namespace

Task<std::string> Identity::make_passkey_challenge(const doorstep::Context& everyone, std::optional<Id<User>> user) {
    auto challenge = random_token();
    auto hash = sha256_hex(challenge);
    co_await db_.exec(everyone, insert_challenge_sql, hash, user, everyone.now() + challenge_time);
    co_return challenge;
}

Task<PasskeyCreation> Identity::passkey_options(http::Context& ctx) {
    auto person = co_await require_proved(ctx);
    auto everyone = beyond_account(ctx);
    PasskeyCreation options;
    options.rp = {relying_party(public_url_).id, "Doorstep"};
    options.user = {base64url_encode(raw(person.id.value)), person.email.value, person.name};
    options.pubKeyCredParams = {{"public-key", -7}, {"public-key", -8}, {"public-key", -257}};
    options.timeout = timeout_ms;
    options.excludeCredentials = co_await db_.all<PasskeyDescriptor>(everyone, own_credentials_sql, person.id);
    options.challenge = co_await make_passkey_challenge(everyone, person.id);
    co_return options;
}

Task<Passkey> Identity::add_passkey(http::Context& ctx, const NewPasskey& input) {
    auto person = co_await require_person(ctx);
    auto party = relying_party(public_url_);
    auto client = read_client_data(input.response.clientDataJSON.value, "webauthn.create", party);
    auto made = read_attestation(input.response.attestationObject.value, party);
    auto credential_id = base64url_encode(made.credential_id);
    if (credential_id != input.id.value) throw invalid("id", "invalid", "is not the key's");
    auto now = ctx.now();
    Passkey passkey{Id<Passkey>::make(now), input.name ? input.name->value : "Passkey", now, {}};
    auto key = base64url_encode(made.public_key);
    auto transports = input.response.transports.value_or(std::vector<Line<1, 40>>{});
    auto everyone = beyond_account(ctx);
    auto body = [&](db::Session& tx) -> Task<> {
        auto hash = sha256_hex(client.challenge);
        auto asked = co_await tx.maybe<bool>(take_challenge_sql, hash, person.id, now);
        if (!asked) throw gone("That took too long. Try again.");
        co_await tx.exec(
            insert_passkey_sql, passkey.id, person.id, credential_id, key, made.sign_count, passkey.name, transports, now
        );
        co_await factor_changed(tx, ctx, person, "passkey_added");
    };
    try {
        co_await db_.transaction(everyone, body);
    } catch (const db::Failure& failure) {
        if (!failure.unique_violation("passkeys_credential_id")) throw;
        throw conflict("passkey_exists", "This passkey is set up already.");
    }
    co_return passkey;
}

Task<PasskeyList> Identity::list_passkeys(http::Context& ctx) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto items = co_await db_.all<Passkey>(everyone, list_passkeys_sql, ctx.principal.user_id);
    co_return PasskeyList{std::move(items)};
}

Task<> Identity::remove_passkey(http::Context& ctx, Id<Passkey> id) {
    auto person = co_await require_proved(ctx);
    auto everyone = beyond_account(ctx);
    auto body = [&](db::Session& tx) -> Task<> {
        auto removed = co_await tx.exec(remove_passkey_sql, person.id, id);
        if (removed == 0) throw not_found("passkey");
        co_await factor_changed(tx, ctx, person, "passkey_removed");
    };
    co_await db_.transaction(everyone, body);
}

Task<PasskeyRequest> Identity::passkey_login_options(http::Context& ctx) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    co_await take(everyone, "passkey challenges for " + ctx.ip, address_window, most_challenges_of_address);
    PasskeyRequest options;
    options.rpId = relying_party(public_url_).id;
    options.timeout = timeout_ms;
    options.challenge = co_await make_passkey_challenge(everyone, std::nullopt);
    co_return options;
}

Task<SignedIn> Identity::passkey_login(http::Context& ctx, const PasskeyLogin& input) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto now = ctx.now();
    co_await require_below(everyone, address_key(ctx), most_failures_of_address);
    auto party = relying_party(public_url_);
    auto client = read_client_data(input.response.clientDataJSON.value, "webauthn.get", party);
    auto signed_bytes = base64url_decode(input.response.authenticatorData.value);
    auto signature = base64url_decode(input.response.signature.value);
    if (!signed_bytes || !signature) throw invalid("response", "invalid", "is not base64url");
    auto data = read_authenticator_data(*signed_bytes, party, false);

    auto hash = sha256_hex(client.challenge);
    auto asked = co_await db_.maybe<bool>(everyone, take_challenge_sql, hash, std::nullopt, now);
    if (!asked) throw gone("That took too long. Try again.");
    auto found = co_await db_.maybe<Found>(everyone, find_passkey_sql, input.id.value);
    auto key = found ? base64url_decode(found->public_key) : std::nullopt;
    auto message = *signed_bytes + sha256(*base64url_decode(input.response.clientDataJSON.value));
    auto owner = found ? std::optional(base64url_encode(raw(found->id.value))) : std::nullopt;
    bool another = input.response.userHandle && owner && input.response.userHandle->value != *owner;
    if (!key || another || !verify_cose(*key, *signature, message)) {
        if (found) co_await note_refusal(everyone, *found, "passkey");
        co_await take(everyone, address_key(ctx), address_window, most_failures_of_address);
        throw not_known();
    }

    auto actor = acting(ctx, *found);
    auto device_hash = hash_of(ctx.request->cookie(device_cookie));
    auto body = [&](db::Session& tx) -> Task<std::optional<SignedIn>> {
        auto counted = co_await tx.exec(use_passkey_sql, found->passkey_id, data.sign_count, now);
        if (counted == 0) {
            alert(tx, actor, *found, "passkey_copied");
            co_await note(tx, actor, "passkey_copied");
            co_return std::nullopt;
        }
        Entry entry{.person = *found};
        entry.method = "passkey";
        entry.device_id = co_await find_device(tx, *found, device_hash, now);
        co_return co_await begin(tx, ctx, actor, entry);
    };
    auto signed_in = co_await db_.transaction(actor, body);
    if (!signed_in) throw not_known();
    co_return std::move(*signed_in);
}

} // namespace doorstep::identity
