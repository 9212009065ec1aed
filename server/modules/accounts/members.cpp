// Who comes into an account by an invitation.

#include "modules/accounts/accounts.hpp"

namespace doorstep::accounts {
namespace {

const db::Query find_person_sql{"accounts.find_person", R"sql(
    select id, name, email, password_hash is not null and email_verified_at is not null as established
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

} // namespace

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
