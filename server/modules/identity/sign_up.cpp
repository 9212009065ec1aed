// Signing up: nothing exists before the letter is answered, and no answer tells whether there is an account already.

#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/password_policy.hpp"

namespace doorstep::identity {
namespace {

const db::Query known_user_sql{"identity.known_user", R"sql(
    select u.id, u.name, u.email, m.account_id, u.email_verified_at is not null as verified
      from users u
)sql" HOME_MEMBERSHIP R"sql(
     where u.email_key = $1
)sql"};

const db::Query insert_sign_up_sql{"identity.insert_sign_up", R"sql(
    insert into sign_ups (hash, user_id, name, account_name, password_hash, zone, created_at, expires_at, client_hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

const db::Query take_sign_up_sql{"identity.take_sign_up", R"sql(
    delete from sign_ups where hash = $1 and expires_at > $2
    returning user_id, name, account_name, password_hash, zone, client_hash
)sql"};

const db::Query verify_user_sql{"identity.verify_user", R"sql(
    update users set name = $2, password_hash = $3, email_verified_at = $4 where id = $1 and email_verified_at is null
    returning email
)sql"};

const db::Query name_account_sql{"identity.name_account", R"sql(
    update accounts a set name = $2, zone = coalesce($3, a.zone)
     where a.id = (select account_id from memberships where user_id = $1 and role = 'owner' order by created_at limit 1)
    returning a.id
)sql"};

const db::Query forget_others_sql{"identity.forget_other_sign_ups", R"sql(
    delete from sign_ups where user_id = $1
)sql"};

// One whose letter was not answered in time is as good as any: it waits until it is forgotten.
const db::Query renew_sign_up_sql{"identity.renew_sign_up", R"sql(
    update sign_ups set hash = $2, expires_at = $3
     where hash = (select hash from sign_ups where user_id = $1 order by created_at desc limit 1)
    returning name
)sql"};

struct Known : Person {
    bool verified = false;
    BOOST_DESCRIBE_CLASS(Known, (Person), (verified), (), ())
};

struct Kept {
    Id<User> user_id;
    std::string name;
    std::string account_name;
    std::string password_hash;
    std::optional<Zone> zone;
    std::optional<std::string> client_hash;
    BOOST_DESCRIBE_CLASS(Kept, (), (user_id, name, account_name, password_hash, zone, client_hash), (), ())
};

constexpr std::chrono::hours link_life{24};
constexpr int most_of_address = 30;
constexpr int most_letters = 5;
constexpr std::chrono::hours window{1};

/// By which a program is known again that keeps no cookies.
std::string client_hash(const http::Context& ctx) {
    return sha256_hex(ctx.ip + " " + ctx.user_agent);
}

/// A person's browser says where a page comes from; programs do not.
bool is_browser(const http::Request& request) {
    return request.header("Origin") || request.header("Sec-Fetch-Site");
}

accounts::NewAccount unproved(const SignUp& input, const std::string& name) {
    accounts::NewAccount account;
    account.name.value = name;
    account.owner_email = input.email;
    account.owner_name = input.name;
    account.zone = input.zone;
    account.verified = false;
    return account;
}

} // namespace

Task<SignUpTaken> Identity::sign_up(http::Context& ctx, const SignUp& input) {
    require_good_password("password", input.password.value, {input.email.value, input.name.value});
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto key = input.email.key();
    co_await take(everyone, "sign-ups from " + ctx.ip, window, most_of_address);
    co_await take(everyone, "sign-ups of " + key, window, most_letters);

    auto now = ctx.now();
    auto hash_it = [word = input.password.value] { return hash_password(word); };
    auto password_hash = co_await blocking_.run(hash_it);
    auto token = random_token();
    auto until = now + link_life;
    auto account_name = input.account_name ? input.account_name->value : input.name.value;
    auto body = [&](db::Session& tx) -> Task<> {
        auto known = co_await tx.maybe<Known>(known_user_sql, key);
        if (known && known->verified) {
            auto actor = acting(ctx, *known);
            alert(tx, actor, *known, "signed_up_again");
            co_return;
        }
        if (!known) {
            auto account = unproved(input, account_name);
            auto inner = everyone;
            inner.outer = &tx;
            auto opened = co_await accounts_.open(inner, account, "");
            known = Known{{opened.user_id, input.name, input.email, opened.account_id.value}};
        }
        auto hash = sha256_hex(token);
        tx.queue(
            insert_sign_up_sql, hash, known->id, input.name, account_name, password_hash, input.zone, now, until,
            client_hash(ctx)
        );
        known->name = input.name;
        verification(tx, ctx, *known, token);
    };
    co_await db_.transaction(everyone, body);
    co_return SignUpTaken{input.email, until};
}

void Identity::verification(db::Session& tx, const http::Context& ctx, const Person& person, const std::string& token) {
    auto link = public_url_ + "/verify-email?token=" + token;
    auto actor = acting(ctx, person);
    letters_.post(tx, actor, {"verify_email", person.email, person.name, {{"link", link}}});
}

Task<Verified> Identity::verify_email(http::Context& ctx, const EmailedToken& input) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto hash = sha256_hex(input.token.value);
    auto body = [&](db::Session& tx) -> Task<Verified> {
        auto kept = co_await tx.maybe<Kept>(take_sign_up_sql, hash, ctx.now());
        if (!kept) {
            auto changed = co_await take_email_change(tx, ctx, hash);
            if (changed) co_return Verified{*changed};
        }
        if (!kept)
            throw gone(
                "This link was used already, or is more than a day old. Sign in: who is not confirmed yet gets another letter."
            );
        auto email = co_await tx.maybe<Email>(verify_user_sql, kept->user_id, kept->name, kept->password_hash, ctx.now());
        if (!email) throw gone("This address has an account by now. Sign in with it.");
        tx.queue(forget_others_sql, kept->user_id);
        auto account = co_await tx.maybe<Uuid>(name_account_sql, kept->user_id, kept->account_name, kept->zone);
        if (account) {
            Person person{kept->user_id, kept->name, *email, *account};
            // Whoever has signed up elsewhere may have done so with somebody else's address: there a code is asked for.
            auto same_program = !is_browser(*ctx.request) && kept->client_hash == client_hash(ctx);
            if (!same_program) note_presence(tx, ctx, person);
            auto actor = acting(ctx, person);
            co_await note(tx, actor, "signed_up");
        }
        co_return Verified{*email};
    };
    co_return co_await db_.transaction(everyone, body);
}

Task<> Identity::resend_verification(http::Context& ctx, const ForEmail& input) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto key = input.email.key();
    co_await take(everyone, "sign-ups from " + ctx.ip, window, most_of_address);
    co_await take(everyone, "sign-ups of " + key, window, most_letters);
    auto token = random_token();
    auto body = [&](db::Session& tx) -> Task<> {
        auto known = co_await tx.maybe<Known>(known_user_sql, key);
        if (!known || known->verified) co_return;
        auto hash = sha256_hex(token);
        auto now = ctx.now();
        auto name = co_await tx.maybe<std::string>(renew_sign_up_sql, known->id, hash, now + link_life);
        if (!name) co_return;
        known->name = *name;
        verification(tx, ctx, *known, token);
    };
    co_await db_.transaction(everyone, body);
}

} // namespace doorstep::identity
