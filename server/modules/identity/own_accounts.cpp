// Who is signed in, and in which of the accounts that they are a member of.

#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

const db::Query me_sql{"identity.me", R"sql(
    select u.id as user_id, u.name as user_name, u.email as user_email, a.id, a.parent_id, a.kind, a.name, a.agent_code, a.zone,
           a.created_at
      from accounts a join users u on u.id = $2
     where a.id = $1
)sql"};

const db::Query list_own_sql{"identity.list_own_accounts", R"sql(
    select a.id, a.name, a.kind, m.role, a.id = $2 as current
      from memberships m join accounts a on a.id = m.account_id
     where m.user_id = $1 and m.deactivated_at is null
     order by lower(a.name), a.id
)sql"};

const db::Query active_member_sql{"identity.active_member", R"sql(
    select u.id, u.name, u.email, m.account_id
      from memberships m join users u on u.id = m.user_id
     where m.account_id = $1 and m.user_id = $2 and m.deactivated_at is null
)sql"};

const db::Query leave_sql{"identity.leave_account", R"sql(
    update credentials set ended_at = $2, end_reason = 'replaced' where hash = $1 and kind = 'session' and ended_at is null
    returning method
)sql"};

struct MeRow : accounts::Account {
    Id<accounts::User> user_id;
    std::string user_name;
    Email user_email;
    BOOST_DESCRIBE_CLASS(MeRow, (accounts::Account), (user_id, user_name, user_email), (), ())
};

} // namespace

Task<Me> Identity::me(http::Context& ctx) {
    auto& who = ctx.principal;
    auto row = co_await db_.maybe<MeRow>(ctx, me_sql, ctx.account_id, who.user_id);
    if (!row) throw unauthorized();
    Me me;
    me.user = {row->user_id, row->user_name, row->user_email};
    me.account = *row;
    if (who.account_id != ctx.account_id) {
        auto business = co_await accounts_.find_business(ctx, {who.account_id});
        if (!business) throw forbidden("You may not act in that account any more.");
        me.home_account = std::exchange(me.account, std::move(*business));
    }
    me.role = accounts::role_named(who.role);
    for (auto& scope : who.scopes) {
        if (scope != own_scope) me.scopes.push_back(scope);
    }
    if (who.kind == http::Principal::Kind::session) {
        auto shown = presented(*ctx.request);
        auto access = shown ? tokens_->read_access(shown->token) : std::nullopt;
        if (access) me.csrf_token = csrf_token(access->secret);
    }
    co_return me;
}

Task<OwnAccountList> Identity::list_own_accounts(http::Context& ctx) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto items = co_await db_.all<OwnAccount>(everyone, list_own_sql, ctx.principal.user_id, ctx.account_id);
    co_return OwnAccountList{std::move(items)};
}

Task<SignedIn> Identity::switch_account(http::Context& ctx, const AccountChoice& input) {
    require_session(ctx);
    auto everyone = beyond_account(ctx);
    auto device_hash = hash_of(ctx.request->cookie(device_cookie));
    auto body = [&](db::Session& tx) -> Task<SignedIn> {
        auto person = co_await tx.maybe<Person>(active_member_sql, input.account_id, ctx.principal.user_id);
        if (!person) throw not_found("account of yours");
        auto& hash = ctx.principal.credential;
        auto method = co_await tx.maybe<std::string>(leave_sql, hash, ctx.now());
        if (!method) throw session_ended();
        ended(tx, hash);
        Entry entry{.person = *person};
        entry.method = *method;
        entry.act = "account_entered";
        entry.proved = false;
        entry.device_id = co_await find_device(tx, *person, device_hash, ctx.now());
        auto actor = acting(ctx, *person);
        co_return co_await begin(tx, ctx, actor, entry);
    };
    co_return co_await db_.transaction(everyone, body);
}

} // namespace doorstep::identity
