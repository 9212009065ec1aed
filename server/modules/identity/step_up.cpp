// Showing again who one is, before the way into the account is changed.

#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"

namespace doorstep::identity {
namespace {

const db::Query is_proved_sql{"identity.is_proved", R"sql(
    select coalesce(proved_at > $3, false) from credentials where account_id = $1 and hash = $2
)sql"};

const db::Query prove_sql{"identity.prove", R"sql(
    update credentials set proved_at = $3 where account_id = $1 and hash = $2 and kind = 'session' and ended_at is null
)sql"};

const db::Query clear_failures_sql{"identity.clear_own_failures", R"sql(
    delete from sign_in_failures where key = any ($1)
)sql"};

const db::Query ways_sql{"identity.ways_to_prove", R"sql(
    select concat_ws(
               ' ', case when u.password_hash is not null then 'password' end,
               case when exists (select from user_totp t where t.user_id = u.id and t.confirmed_at is not null) then 'code' end,
               'sign_in'
           )
      from users u where u.id = $1
)sql"};

constexpr std::chrono::minutes proof_life{10};

} // namespace

Task<Person> Identity::require_proved(const http::Context& ctx) {
    auto person = co_await require_person(ctx);
    auto everyone = beyond_account(ctx);
    auto& hash = ctx.principal.credential;
    auto since = ctx.now() - proof_life;
    auto proved = co_await db_.maybe<bool>(everyone, is_proved_sql, ctx.account_id, hash, since);
    if (proved.value_or(false)) co_return person;
    auto ways = co_await db_.one<std::string>(everyone, ways_sql, person.id);
    throw Error(403, "proof_needed", "Show once more that it is you: by your password, a code of your app, or a new sign-in.")
        .with("ways", ways);
}

Task<> Identity::prove(http::Context& ctx, const Proof& input) {
    require_session(ctx);
    if (input.password.has_value() == input.code.has_value())
        throw invalid("password", "required", "or else code must be there, and not both");
    auto everyone = beyond_account(ctx);
    auto person = co_await db_.maybe<WithPassword>(everyone, password_query(), ctx.account_id, ctx.principal.user_id);
    if (!person) throw session_ended();
    if (input.password) {
        co_await require_password(everyone, *person, "password", *input.password);
    } else {
        co_await require_tries(everyone, *person);
    }
    auto body = [&](db::Session& tx) -> Task<bool> {
        if (input.code) {
            auto right = co_await spend_code(tx, *person, input.code->value, ctx.now());
            if (!right) co_return false;
        } else {
            tx.queue(clear_failures_sql, own_failure_keys(*person));
        }
        auto done = co_await tx.exec(prove_sql, ctx.account_id, ctx.principal.credential, ctx.now());
        if (done == 0) throw session_ended();
        co_await note(tx, ctx, "proved", Json{input.code ? R"({"method":"code"})" : R"({"method":"password"})"});
        co_return true;
    };
    auto right = co_await db_.transaction(everyone, body);
    if (!right) co_await count_wrong_code(everyone, *person);
}

} // namespace doorstep::identity
