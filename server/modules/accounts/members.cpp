// Who comes into an account by an invitation.

#include "core/crypto.hpp"
#include "modules/accounts/accounts.hpp"

namespace doorstep::accounts {
namespace {

// Who belongs nowhere can't sign in, so that only the letter lets them in.
const db::Query find_person_sql{"accounts.find_person", R"sql(
    select id, name, email,
           email_verified_at is not null and exists (
               select from memberships m where m.user_id = users.id and m.deactivated_at is null
           ) as established
      from users where email_key = $1 for update
)sql"};

const db::Query insert_person_sql{"accounts.insert_person", R"sql(
    insert into users (id, name, email, email_key, password_hash, email_verified_at, created_at)
    values ($1, $2, $3, $4, $5, $6, $6)
    on conflict (email_key) do nothing
    returning id
)sql"};

const db::Query establish_sql{"accounts.establish", R"sql(
    update users set name = $2, password_hash = $3, email_verified_at = $4 where id = $1
)sql"};

const db::Query insert_member_sql{"accounts.insert_member", R"sql(
    insert into memberships (account_id, user_id, role, created_at) values ($1, $2, $3, $4)
    on conflict (account_id, user_id) do nothing
    returning user_id
)sql"};

struct Person {
    Id<User> id;
    std::string name;
    Email email;
    bool established;
    BOOST_DESCRIBE_CLASS(Person, (), (id, name, email, established), (), ())
};

const db::Query take_letter_sql{"accounts.take_letter", R"sql(
    select app.take($1, $2, interval '1 hour', $3)
)sql"};

constexpr int most_letters = 5;

} // namespace

Task<> require_few_letters(db::Session& tx, const Context& ctx, const std::string& kind) {
    auto hash = sha256_hex("letters of " + kind);
    auto until = co_await tx.one<std::optional<Time>>(take_letter_sql, hash, ctx.now(), most_letters);
    if (!until) co_return;
    auto wait = std::chrono::ceil<std::chrono::seconds>(*until - ctx.now());
    throw too_many("Enough letters were sent to this address. Wait before you send another one.", wait);
}

Task<User> Accounts::admit(db::Session& tx, const Context& ctx, const Admission& input, const std::optional<Uuid>& signed_in) {
    auto now = ctx.now();
    auto email_key = input.email.key();
    auto new_id = Id<User>::make(now);
    User user{new_id, input.name, input.email};
    auto made =
        co_await tx.maybe<Id<User>>(insert_person_sql, new_id, input.name, input.email, email_key, input.password_hash, now);
    if (!made) {
        auto person = co_await tx.one<Person>(find_person_sql, email_key);
        user.id = person.id;
        if (person.established) {
            // The link proves who reads the mailbox, which is not enough to change or go around a password.
            if (signed_in != person.id.value)
                throw conflict("sign_in_first", "You have an account already. Sign in, then open the link again.");
            user.name = person.name;
            user.email = person.email;
        } else {
            co_await tx.exec(establish_sql, person.id, input.name, input.password_hash, now);
        }
    }
    auto joined = co_await tx.maybe<Uuid>(insert_member_sql, ctx.account_id, user.id, input.role, now);
    if (!joined) throw conflict("member_already", "You belong to this account already.");
    co_return user;
}

} // namespace doorstep::accounts
