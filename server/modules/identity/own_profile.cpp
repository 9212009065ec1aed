// What a person says of themselves: their name, and the address they sign in with.

#include "modules/identity/credential_cache.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"

namespace doorstep::identity {
namespace {

const db::Query rename_sql{"identity.rename_user", R"sql(
    update users u set name = $2 from users before where u.id = $1 and before.id = u.id and before.name <> $2
    returning before.name
)sql"};

const db::Query is_taken_sql{"identity.address_is_taken", R"sql(
    select u.id, u.name, u.email, m.account_id
      from users u
)sql" HOME_MEMBERSHIP R"sql(
     where u.email_key = $1
)sql"};

const db::Query forget_changes_sql{"identity.forget_email_changes", R"sql(
    delete from email_changes where user_id = $1
)sql"};

const db::Query insert_change_sql{"identity.insert_email_change", R"sql(
    insert into email_changes (hash, user_id, email, email_key, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)
)sql"};

const db::Query take_change_sql{"identity.take_email_change", R"sql(
    with taken as (
        delete from email_changes where hash = $1 and expires_at > $2 returning user_id, email as new_email, email_key
    )
    select u.id, u.name, u.email, m.account_id, t.new_email, t.email_key as new_key
      from taken t join users u on u.id = t.user_id
)sql" HOME_MEMBERSHIP};

const db::Query change_email_sql{"identity.change_email", R"sql(
    update users set email = $2, email_key = $3, email_verified_at = $4
     where id = $1 and not exists (select from users other where other.email_key = $3 and other.id <> $1)
)sql"};

struct Waiting : Person {
    Email new_email;
    std::string new_key;
    BOOST_DESCRIBE_CLASS(Waiting, (Person), (new_email, new_key), (), ())
};

struct Named {
    std::string name;
    BOOST_DESCRIBE_CLASS(Named, (), (name), (), ())
};

/// Masked: the log is read by more people than the person.
struct Addressed {
    std::string email;
    BOOST_DESCRIBE_CLASS(Addressed, (), (email), (), ())
};

constexpr std::chrono::hours link_life{24};
constexpr int most_letters = 5;
constexpr std::chrono::hours window{1};

} // namespace

Task<Me> Identity::update_me(http::Context& ctx, const MePatch& patch) {
    require_session(ctx);
    if (patch.name) {
        auto everyone = beyond_account(ctx);
        auto body = [&](db::Session& tx) -> Task<> {
            auto before = co_await tx.maybe<std::string>(rename_sql, ctx.principal.user_id, *patch.name);
            if (!before) co_return;
            audit::Act act{
                .action = "renamed",
                .subject_kind = "user",
                .subject_id = ctx.principal.user_id,
                .subject_name = patch.name->value,
                .before = Json{to_json(Named{*before})},
                .after = Json{to_json(Named{patch.name->value})},
            };
            co_await audit_.record(tx, ctx, std::move(act));
        };
        co_await db_.transaction(everyone, body);
        cache_->forget(ctx.principal.credential);
    }
    co_return co_await me(ctx);
}

Task<EmailChangeTaken> Identity::change_email(http::Context& ctx, const ForEmail& input) {
    auto person = co_await require_proved(ctx);
    auto key = input.email.key();
    if (key == person.email.key() && input.email == person.email) throw invalid("email", "same", "is your address already");
    auto everyone = beyond_account(ctx);
    co_await take(everyone, "addresses of " + person.id.text(), window, most_letters);
    auto now = ctx.now();
    auto token = random_token();
    auto until = now + link_life;
    auto body = [&](db::Session& tx) -> Task<> {
        tx.queue(forget_changes_sql, person.id);
        auto owner = co_await tx.maybe<Person>(is_taken_sql, key);
        if (owner && owner->id != person.id) {
            // Who has the address is told, and nobody else learns that it is in use.
            auto actor = acting(ctx, *owner);
            alert(tx, actor, *owner, "signed_up_again");
            co_return;
        }
        tx.queue(insert_change_sql, sha256_hex(token), person.id, input.email, key, now, until);
        auto addressee = person;
        addressee.email = input.email;
        verification(tx, ctx, addressee, token);
        co_await note_about(tx, ctx, person, "email_change_asked", Json{to_json(Addressed{input.email.masked()})});
    };
    co_await db_.transaction(everyone, body);
    co_return EmailChangeTaken{input.email, until};
}

Task<std::optional<Email>> Identity::take_email_change(db::Session& tx, http::Context& ctx, const std::string& token_hash) {
    auto waiting = co_await tx.maybe<Waiting>(take_change_sql, token_hash, ctx.now());
    if (!waiting) co_return std::nullopt;
    std::int64_t done = 0;
    try {
        done = co_await tx.exec(change_email_sql, waiting->id, waiting->new_email, waiting->new_key, ctx.now());
    } catch (const db::Failure& failure) {
        if (!failure.unique_violation("users_email_key")) throw;
    }
    if (done == 0) throw gone("This address has an account by now. Sign in with it.");
    auto actor = acting(ctx, *waiting);
    tx.queue(forget_resets_query(), waiting->id); // links that the old address has got
    alert(tx, actor, *waiting, "email_changed");  // to that address
    audit::Act act{
        .action = "email_changed",
        .subject_kind = "user",
        .subject_id = waiting->id.value,
        .subject_name = waiting->name,
        .before = Json{to_json(Addressed{waiting->email.masked()})},
        .after = Json{to_json(Addressed{waiting->new_email.masked()})},
    };
    co_await audit_.record(tx, actor, std::move(act));
    co_return waiting->new_email;
}

} // namespace doorstep::identity
