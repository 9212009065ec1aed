// Another password: by who knows the old one, or by who reads the person's mail.

#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/jobs.hpp"
#include "modules/identity/password_policy.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

const db::Query password_sql{"identity.password", R"sql(
    select u.id, u.name, u.email, m.account_id, u.password_hash
      from users u join memberships m on m.user_id = u.id and m.account_id = $1
     where u.id = $2
)sql"};

const db::Query change_password_sql{"identity.change_password", R"sql(
    update users set password_hash = $3 where id = $1 and password_hash is not distinct from $2
)sql"};

const db::Query insert_reset_sql{"identity.insert_reset", R"sql(
    insert into password_resets (hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)
)sql"};

const db::Query find_reset_sql{"identity.find_reset", R"sql(
    select u.id, u.name, u.email, m.account_id
      from password_resets r
      join users u on u.id = r.user_id
)sql" HOME_MEMBERSHIP R"sql(
     where r.hash = $1 and r.expires_at > $2
)sql"};

const db::Query take_reset_sql{"identity.take_reset", R"sql(
    delete from password_resets where hash = $1 and expires_at > $2 returning user_id
)sql"};

const db::Query forget_resets_sql{"identity.forget_resets", R"sql(
    delete from password_resets where user_id = $1
)sql"};

const db::Query set_password_sql{"identity.set_password", R"sql(
    update users set password_hash = $2 where id = $1
)sql"};

const db::Query end_challenges_sql{"identity.end_challenges", R"sql(
    update mfa_challenges set ended_at = $2 where user_id = $1 and ended_at is null
)sql"};

const db::Query end_sessions_sql{"identity.end_sessions_of_password", R"sql(
    update credentials set ended_at = $2, end_reason = 'password_changed'
     where user_id = $1 and kind = 'session' and ended_at is null
    returning hash
)sql"};

constexpr std::chrono::minutes link_life{60};
constexpr std::chrono::hours window{1};
constexpr int most_of_address = 30;
constexpr int most_letters = 5;

} // namespace

const db::Query& forget_resets_query() {
    return forget_resets_sql;
}

const db::Query& password_query() {
    return password_sql;
}

Task<> Identity::require_password(
    const doorstep::Context& everyone, const WithPassword& person, std::string_view field, const Secret<1024>& word
) {
    // What is guessed here counts by itself: a browser left open must not help to find the password.
    auto keys = own_failure_keys(person);
    auto now = everyone.now();
    auto locked = co_await db_.one<std::optional<Time>>(everyone, locked_query(), keys, now);
    require_unlocked(locked, now);
    auto right = co_await verify(word.value, person.password_hash);
    if (right) co_return;
    locked = co_await db_.one<std::optional<Time>>(everyone, count_failure_query(), keys, now);
    auto until = co_await db_.one<std::optional<Time>>(everyone, locked_query(), keys, now);
    co_await note_refusal(everyone, person, "own_password", until);
    require_unlocked(locked, now);
    throw invalid(std::string(field), "wrong", "is not your password");
}

Task<SignedIn> Identity::change_password(http::Context& ctx, const PasswordChange& input) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto person = co_await db_.maybe<WithPassword>(everyone, password_sql, ctx.account_id, ctx.principal.user_id);
    if (!person) throw session_ended();
    require_good_password("new_password", input.new_password.value, {person->email.value, person->name});

    co_await require_password(everyone, *person, "current_password", input.current_password);
    auto now = ctx.now();
    auto hash_it = [word = input.new_password.value] { return hash_password(word); };
    auto hash = co_await blocking_.run(hash_it);
    auto device_hash = hash_of(ctx.request->cookie(device_cookie));
    auto body = [&](db::Session& tx) -> Task<SignedIn> {
        auto done = co_await tx.exec(change_password_sql, person->id, person->password_hash, hash);
        if (done == 0) throw conflict("changed_meanwhile", "Your password was changed a moment ago.");
        co_await password_changed(tx, everyone, *person);
        // All sessions end, this one too; who changed it goes on with a new one.
        Entry entry{.person = *person};
        entry.act = "password_changed";
        entry.failure_keys = own_failure_keys(*person);
        entry.device_id = co_await find_device(tx, *person, device_hash, now);
        co_return co_await begin(tx, ctx, everyone, entry);
    };
    co_return co_await db_.transaction(everyone, body);
}

/// What follows from it, whoever did it.
Task<> Identity::password_changed(db::Session& tx, const doorstep::Context& actor, const Person& person) {
    auto now = actor.now();
    auto hashes = co_await tx.all<std::string>(end_sessions_sql, person.id, now);
    ended(tx, hashes);
    tx.queue(end_challenges_sql, person.id, now);
    tx.queue(forget_resets_sql, person.id);
    alert(tx, actor, person, "password_changed");
}

Task<> Identity::forgot_password(http::Context& ctx, const ForEmail& input) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    co_await take(everyone, "forgotten from " + ctx.ip, window, most_of_address);
    // Whether there is such a person is found out later, so that the answer takes the same time for all.
    auto body = [&](db::Session& tx) -> Task<> {
        jobs::enqueue(tx, everyone, SendReset{input.email, ctx.ip});
        co_return;
    };
    co_await db_.transaction(everyone, body);
}

Task<> Identity::send_reset(Context& ctx, const Email& email, const std::string& ip) {
    auto everyone = everywhere(ctx);
    auto person = co_await db_.maybe<Person>(everyone, person_by_email(), email.key());
    if (!person) co_return;
    auto now = ctx.now();
    auto key = sha256_hex("resets of " + person->id.text());
    auto over = co_await db_.one<std::optional<Time>>(
        everyone, take_sql(), key, now, std::chrono::seconds(window).count(), most_letters
    );
    if (over) co_return;
    auto actor = acting(everyone, *person);
    actor.ip = ip;
    auto token = random_token();
    auto body = [&](db::Session& tx) -> Task<> {
        auto hash = sha256_hex(token);
        co_await tx.exec(insert_reset_sql, hash, person->id, now, now + link_life);
        auto link = public_url_ + "/reset-password?token=" + token;
        letters_.post(
            tx, actor,
            {"password_reset", person->email, person->name, {{"link", link}, {"minutes", std::to_string(link_life.count())}}}
        );
        co_await note_about(tx, actor, *person, "password_forgotten");
    };
    co_await db_.transaction(actor, body);
}

Task<> Identity::reset_password(http::Context& ctx, const PasswordReset& input) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto now = ctx.now();
    auto token = sha256_hex(input.token.value);
    co_await require_below(everyone, address_key(ctx), most_failures_of_address);
    auto person = co_await db_.maybe<Person>(everyone, find_reset_sql, token, now);
    if (!person) {
        co_await take(everyone, address_key(ctx), address_window, most_failures_of_address);
        throw gone("This link was used already, or is more than an hour old. Ask for another one.");
    }
    require_good_password("password", input.password.value, {person->email.value, person->name});
    auto hash_it = [word = input.password.value] { return hash_password(word); };
    auto hash = co_await blocking_.run(hash_it);
    auto actor = acting(ctx, *person);
    auto body = [&](db::Session& tx) -> Task<> {
        auto first = co_await tx.maybe<Uuid>(take_reset_sql, token, now);
        if (!first) throw gone("This link was used already. Ask for another one.");
        tx.queue(set_password_sql, person->id, hash);
        co_await password_changed(tx, actor, *person);
        co_await note(tx, actor, "password_reset");
    };
    co_await db_.transaction(actor, body);
}

} // namespace doorstep::identity
