#include "core/crypto.hpp"
#include "modules/team/team.hpp"

namespace doorstep::team {
namespace {

constexpr std::chrono::hours good_for{72};

const db::Query lock_sql{"team.lock_to_invite", R"sql(
    select kind from accounts where id = $1 for no key update
)sql"};

const db::Query find_member_sql{"team.find_member", R"sql(
    select u.id from memberships m join users u on u.id = m.user_id where m.account_id = $1 and u.email_key = $2
)sql"};

const db::Query supersede_sql{"team.supersede", R"sql(
    update team_invitations set revoked_at = $3
     where account_id = $1 and email_key = $2 and accepted_at is null and revoked_at is null
)sql"};

const db::Query insert_sql{"team.insert_invitation", R"sql(
    insert into team_invitations (account_id, id, email, email_key, name, role, hash, invited_by, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    returning id, email, name, role, invited_by, created_at, expires_at
)sql"};

const db::Query revoke_sql{"team.revoke_invitation", R"sql(
    update team_invitations set revoked_at = $3
     where account_id = $1 and id = $2 and accepted_at is null and revoked_at is null
    returning email
)sql"};

const db::Query find_sql{"team.find_invitation", R"sql(
    select i.account_id, i.id, i.email, a.name as account_name, i.name, i.role, i.invited_by, i.expires_at, i.accepted_at,
           i.revoked_at
      from team_invitations i join accounts a on a.id = i.account_id
     where i.hash = $1
)sql"};

const db::Query claim_sql{"team.claim_invitation", R"sql(
    update team_invitations set accepted_at = $3
     where account_id = $1 and id = $2 and accepted_at is null and revoked_at is null and expires_at > $3
    returning id
)sql"};

struct Invited {
    Email email;
    Role role;
    BOOST_DESCRIBE_CLASS(Invited, (), (email, role), (), ())
};

Error used() {
    return gone("This invitation was used, revoked or replaced by a newer one. Ask for a new one.");
}

/// Whose an invitation is shows only once it is found: until then every account's are looked at, and no other table.
Context everywhere(const Context& ctx) {
    auto everyone = ctx;
    everyone.account_id = {};
    everyone.all_accounts = true;
    everyone.credential.reset();
    return everyone;
}

Task<Found> require_open(db::Database& db, const Context& ctx, const std::string& token) {
    auto everyone = everywhere(ctx);
    auto hash = sha256_hex(token);
    auto found = co_await db.maybe<Found>(everyone, find_sql, hash);
    if (!found) throw not_found("invitation");
    if (found->accepted_at || found->revoked_at) throw used();
    if (found->expires_at <= ctx.now()) throw gone("This invitation has run out. Ask for a new one.");
    co_return std::move(*found);
}

} // namespace

Task<TeamInvitation> Team::invite(http::Context& ctx, const NewTeamInvitation& input) {
    auto token = random_token();
    auto body = [&](db::Session& tx) -> Task<TeamInvitation> {
        auto kind = co_await tx.one<accounts::Kind>(lock_sql, ctx.account_id);
        if (!suits(input.role, kind)) throw invalid("role", "not_here", "is no role of this kind of account");
        if (rank(input.role) > rank(accounts::role_named(ctx.principal.role))) throw forbidden("That is above your own role.");
        auto now = ctx.now();
        auto email_key = input.email.key();
        auto member = co_await tx.maybe<Uuid>(find_member_sql, ctx.account_id, email_key);
        if (member) throw conflict("member_already", "They belong to the team already.").with("existing_id", member->text());
        co_await accounts::require_few_letters(tx, ctx, ctx.account_id.text() + " team at " + email_key);
        co_await tx.exec(supersede_sql, ctx.account_id, email_key, now);
        auto new_id = Id<TeamInvitation>::make(now);
        auto name = input.name ? input.name->value : std::string();
        auto hash = sha256_hex(token);
        auto invitation = co_await tx.one<TeamInvitation>(
            insert_sql, ctx.account_id, new_id, input.email, email_key, name, input.role, hash, ctx.actor.name, now,
            now + good_for
        );
        mail::Letter letter{
            .type = mail::Type::team_invitation,
            .to = input.email,
            .to_name = name,
            .facts =
                {
                    {"link", parts_.public_url + "/join/" + token},
                    {"inviter", ctx.actor.name},
                    {"role", std::string(enum_text(input.role))},
                    {"hours", std::to_string(good_for.count())},
                },
        };
        parts_.mail.post(tx, ctx, letter);
        Json after{to_json(Invited{input.email, input.role})};
        parts_.events.record(tx, ctx, {.kind = "member_invited", .data = after});
        audit::Act act{
            .action = "member_invited",
            .subject_kind = "invitation",
            .subject_id = new_id.value,
            .subject_name = input.email.value,
            .after = after,
        };
        co_await parts_.audit.record(tx, ctx, std::move(act));
        co_return invitation;
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<> Team::revoke(Context& ctx, Id<TeamInvitation> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto email = co_await tx.maybe<Email>(revoke_sql, ctx.account_id, id, ctx.now());
        if (!email) throw not_found("open invitation");
        parts_.events.record(tx, ctx, {.kind = "invitation_revoked"});
        audit::Act act{
            .action = "invitation_revoked",
            .subject_kind = "invitation",
            .subject_id = id.value,
            .subject_name = email->value,
        };
        co_await parts_.audit.record(tx, ctx, std::move(act));
    };
    co_await parts_.db.transaction(ctx, body);
}

Task<InvitationOffer> Team::offer(Context& ctx, const std::string& token) {
    auto found = co_await require_open(parts_.db, ctx, token);
    co_return InvitationOffer{found.account_name, found.email, found.name, found.role, found.invited_by, found.expires_at};
}

Task<identity::SignedIn> Team::accept(http::Context& ctx, const std::string& token, const InvitationAcceptance& input) {
    auto found = co_await require_open(parts_.db, ctx, token);
    auto hash = co_await parts_.identity.hash_new_password("password", input.password.value, found.email, input.name.value);
    auto signed_in = ctx.principal.kind == http::Principal::Kind::session ? std::optional(ctx.principal.user_id) : std::nullopt;

    auto inside = everywhere(ctx);
    inside.account_id = found.account_id;
    auto body = [&](db::Session& tx) -> Task<identity::SignedIn> {
        auto claimed = co_await tx.maybe<Uuid>(claim_sql, found.account_id, found.id, ctx.now());
        if (!claimed) throw used();
        accounts::Admission admission{input.name.value, found.email, hash, found.role};
        auto user = co_await parts_.accounts.admit(tx, inside, admission, signed_in);
        inside.actor = Actor{Actor::Kind::user, user.id.value, user.name};
        Json after{to_json(Invited{found.email, found.role})};
        parts_.events.record(tx, inside, {.kind = "invitation_accepted", .data = after});
        auto session = co_await parts_.identity.begin_session(tx, ctx, user.id, found.account_id);
        audit::Act act{
            .action = "invitation_accepted",
            .subject_kind = "user",
            .subject_id = user.id.value,
            .subject_name = user.name,
            .after = after,
        };
        co_await parts_.audit.record(tx, inside, std::move(act));
        co_return session;
    };
    co_return co_await parts_.db.transaction(inside, body);
}

} // namespace doorstep::team
