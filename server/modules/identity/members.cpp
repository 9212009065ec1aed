// What other modules need of the credentials and passwords of members.

#include "modules/identity/identity.hpp"
#include "modules/identity/password_policy.hpp"

namespace doorstep::identity {
namespace {

const db::Query end_sql{"identity.end_credentials_of", R"sql(
    update credentials set ended_at = $3, end_reason = $4 where account_id = $1 and user_id = $2 and ended_at is null
    returning hash
)sql"};

} // namespace

Task<> Identity::end_credentials_of(db::Session& tx, const Context& ctx, Id<User> user, std::string_view reason) {
    auto hashes = co_await tx.all<std::string>(end_sql, ctx.account_id, user, ctx.now(), reason);
    for (auto& hash : hashes) ended(tx, hash);
}

Task<std::string> Identity::hash_new_password(
    std::string_view field, const std::string& password, const std::string& email, const std::string& name
) {
    require_good_password(field, password, {email, name});
    auto hash_it = [password] { return hash_password(password); };
    co_return co_await blocking_.run(hash_it);
}

} // namespace doorstep::identity
