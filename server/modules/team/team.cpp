#include "modules/team/team.hpp"

#include <algorithm>

namespace doorstep::team {
namespace {

// Writers of the team of one account take turns, so that the last owner can't slip away between two of them.
const db::Query lock_sql{"team.lock", R"sql(
    select kind from accounts where id = $1 for no key update
)sql"};

const db::Query kind_sql{"team.kind", R"sql(
    select kind from accounts where id = $1
)sql"};

const db::Query members_sql{"team.members", R"sql(
    select u.id, u.name, u.email, m.role, m.deactivated_at is null as active, m.created_at as joined_at, seen.at as last_seen_at
      from memberships m
      join users u on u.id = m.user_id
      left join lateral (
          select max(c.last_used_at) as at from credentials c
           where c.account_id = m.account_id and c.user_id = m.user_id and c.kind = 'session'
      ) seen on true
     where m.account_id = $1
     order by m.created_at, u.id
)sql"};

const db::Query member_sql{"team.member", R"sql(
    select u.id, u.name, u.email, m.role, m.deactivated_at is null as active, m.created_at as joined_at,
           null::timestamptz as last_seen_at
      from memberships m join users u on u.id = m.user_id
     where m.account_id = $1 and m.user_id = $2
)sql"};

const db::Query invitations_sql{"team.invitations", R"sql(
    select id, email, name, role, invited_by, created_at, expires_at from team_invitations
     where account_id = $1 and accepted_at is null and revoked_at is null
     order by created_at, id
)sql"};

const db::Query owners_sql{"team.owners", R"sql(
    select count(*) from memberships where account_id = $1 and role = 'owner' and deactivated_at is null
)sql"};

const db::Query set_role_sql{"team.set_role", R"sql(
    update memberships set role = $3 where account_id = $1 and user_id = $2
)sql"};

const db::Query set_active_sql{"team.set_active", R"sql(
    update memberships set deactivated_at = $3 where account_id = $1 and user_id = $2
)sql"};

const db::Query remove_sql{"team.remove", R"sql(
    delete from memberships where account_id = $1 and user_id = $2
)sql"};

struct RoleView {
    Role role;
    BOOST_DESCRIBE_CLASS(RoleView, (), (role), (), ())
};

Json role_json(Role role) {
    return {to_json(RoleView{role})};
}

bool is_own(const http::Context& ctx, Id<accounts::User> id) {
    return ctx.principal.user_id == id.value && ctx.actor.home_account.is_nil();
}

void require_not_above(const http::Context& ctx, Role role) {
    if (rank(role) > rank(accounts::role_named(ctx.principal.role))) throw forbidden("That is above your own role.");
}

} // namespace

int rank(Role role) {
    switch (role) {
    case Role::owner: return 3;
    case Role::admin: return 2;
    case Role::staff:
    case Role::agent: return 1;
    case Role::assistant: return 0;
    }
    return 0;
}

bool suits(Role role, accounts::Kind kind) {
    auto roles = roles_of(kind);
    return std::ranges::find(roles, role) != roles.end();
}

std::vector<Role> roles_of(accounts::Kind kind) {
    if (kind == accounts::Kind::agency) return {Role::owner, Role::admin, Role::staff};
    return {Role::owner, Role::agent, Role::assistant};
}

Task<TeamList> Team::list(Context& ctx) {
    TeamList people;
    auto kind = co_await parts_.db.one<accounts::Kind>(ctx, kind_sql, ctx.account_id);
    people.roles = roles_of(kind);
    people.items = co_await parts_.db.all<TeamMember>(ctx, members_sql, ctx.account_id);
    people.invitations = co_await parts_.db.all<TeamInvitation>(ctx, invitations_sql, ctx.account_id);
    co_return people;
}

Task<TeamMember> Team::change(http::Context& ctx, Id<accounts::User> id, const TeamMemberPatch& patch) {
    auto body = [&](db::Session& tx) -> Task<TeamMember> {
        auto kind = co_await tx.one<accounts::Kind>(lock_sql, ctx.account_id);
        auto member = co_await require(tx, ctx, id);
        require_not_above(ctx, member.role);
        if (patch.role && *patch.role != member.role) {
            if (!suits(*patch.role, kind)) throw invalid("role", "not_here", "is no role of this kind of account");
            require_not_above(ctx, *patch.role);
            co_await set_role(tx, ctx, member, *patch.role);
            member.role = *patch.role;
        }
        if (patch.active && *patch.active != member.active) {
            if (is_own(ctx, id)) throw conflict("yourself", "You can't deactivate yourself.");
            auto since = *patch.active ? std::nullopt : std::optional(ctx.now());
            co_await parts_.identity.end_credentials_of(tx, ctx, id, "deactivated");
            co_await tx.exec(set_active_sql, ctx.account_id, id, since);
            member.active = *patch.active;
            co_await note(tx, ctx, member.active ? "member_reactivated" : "member_deactivated", member, {}, {});
        }
        co_await require_owner_left(tx, ctx);
        co_return member;
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<> Team::remove(http::Context& ctx, Id<accounts::User> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.one<accounts::Kind>(lock_sql, ctx.account_id);
        auto member = co_await require(tx, ctx, id);
        require_not_above(ctx, member.role);
        co_await parts_.identity.end_credentials_of(tx, ctx, id, "removed");
        co_await tx.exec(remove_sql, ctx.account_id, id);
        co_await require_owner_left(tx, ctx);
        co_await note(tx, ctx, "member_removed", member, role_json(member.role), {});
    };
    co_await parts_.db.transaction(ctx, body);
}

Task<TeamMember> Team::hand_over(http::Context& ctx, Id<accounts::User> id) {
    if (ctx.principal.role != "owner") throw forbidden("Only an owner can hand the account over.");
    if (is_own(ctx, id)) throw conflict("yourself", "You are an owner already.");
    auto body = [&](db::Session& tx) -> Task<TeamMember> {
        auto kind = co_await tx.one<accounts::Kind>(lock_sql, ctx.account_id);
        auto member = co_await require(tx, ctx, id);
        if (!member.active) throw conflict("deactivated", "Reactivate this member first.");
        auto self = co_await require(tx, ctx, {ctx.principal.user_id});
        if (member.role != Role::owner) co_await set_role(tx, ctx, member, Role::owner);
        co_await set_role(tx, ctx, self, roles_of(kind)[1]);
        member.role = Role::owner;
        co_return member;
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<TeamMember> Team::require(db::Session& tx, const Context& ctx, Id<accounts::User> id) {
    auto member = co_await tx.maybe<TeamMember>(member_sql, ctx.account_id, id);
    if (!member) throw not_found("member of this account");
    co_return std::move(*member);
}

Task<> Team::require_owner_left(db::Session& tx, const Context& ctx) {
    auto owners = co_await tx.one<std::int64_t>(owners_sql, ctx.account_id);
    if (owners == 0) throw conflict("last_owner", "An account needs an owner. Make somebody else the owner first.");
}

Task<> Team::set_role(db::Session& tx, const Context& ctx, const TeamMember& member, Role role) {
    // What a server remembers of a credential includes the role: who gets another one signs in again.
    co_await parts_.identity.end_credentials_of(tx, ctx, member.id, "role_changed");
    co_await tx.exec(set_role_sql, ctx.account_id, member.id, role);
    co_await note(tx, ctx, "member_role_changed", member, role_json(member.role), role_json(role));
}

Task<> Team::note(db::Session& tx, const Context& ctx, std::string kind, const TeamMember& member, Json before, Json after) {
    parts_.events.record(tx, ctx, {.kind = kind, .data = after});
    audit::Act act{
        .action = std::move(kind),
        .subject_kind = "user",
        .subject_id = member.id.value,
        .subject_name = member.name,
        .before = std::move(before),
        .after = std::move(after),
    };
    co_await parts_.audit.record(tx, ctx, std::move(act));
}

} // namespace doorstep::team
