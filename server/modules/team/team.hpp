#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/blocking.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/audit/audit.hpp"
#include "modules/events/events.hpp"
#include "modules/identity/identity.hpp"
#include "modules/mail/mail.hpp"

namespace doorstep::team {

using accounts::Role;

struct TeamMember {
    Id<accounts::User> id;
    std::string name;
    Email email;
    Role role = Role::agent;
    bool active = true;
    Time joined_at;
    std::optional<Time> last_seen_at;
    BOOST_DESCRIBE_CLASS(TeamMember, (), (id, name, email, role, active, joined_at, last_seen_at), (), ())
};

struct TeamInvitation {
    Id<TeamInvitation> id;
    Email email;
    std::string name;
    Role role = Role::agent;
    std::string invited_by;
    Time created_at;
    Time expires_at;
    BOOST_DESCRIBE_CLASS(TeamInvitation, (), (id, email, name, role, invited_by, created_at, expires_at), (), ())
};

struct TeamList {
    std::vector<TeamMember> items;
    std::vector<TeamInvitation> invitations; ///< not accepted yet, those that ran out included
    std::vector<Role> roles;                 ///< which may be given here
    BOOST_DESCRIBE_CLASS(TeamList, (), (items, invitations, roles), (), ())
};

struct NewTeamInvitation {
    Email email;
    Role role = Role::agent;
    std::optional<Line<1, 100>> name;
    BOOST_DESCRIBE_CLASS(NewTeamInvitation, (), (email, role, name), (), ())
};

struct TeamMemberPatch {
    Patch<Role> role;
    Patch<bool> active;
    BOOST_DESCRIBE_CLASS(TeamMemberPatch, (), (role, active), (), ())
};

/// What the bearer of an invitation is shown.
struct InvitationOffer {
    std::string account_name;
    Email email;
    std::string name;
    Role role = Role::agent;
    std::string invited_by;
    Time expires_at;
    BOOST_DESCRIBE_CLASS(InvitationOffer, (), (account_name, email, name, role, invited_by, expires_at), (), ())
};

struct InvitationAcceptance {
    Line<1, 100> name;
    identity::NewPassword password;
    BOOST_DESCRIBE_CLASS(InvitationAcceptance, (), (name, password), (), ())
};

/// An invitation that was found by its token.
struct Found {
    Uuid account_id;
    Id<TeamInvitation> id;
    Email email;
    std::string account_name;
    std::string name;
    Role role = Role::agent;
    std::string invited_by;
    Time expires_at;
    std::optional<Time> accepted_at;
    std::optional<Time> revoked_at;
    BOOST_DESCRIBE_CLASS(
        Found, (), (account_id, id, email, account_name, name, role, invited_by, expires_at, accepted_at, revoked_at), (), ()
    )
};

struct Parts {
    db::Database& db;
    accounts::Accounts& accounts;
    audit::Audit& audit;
    events::Events& events;
    identity::Identity& identity;
    mail::Mail& mail;
    std::string public_url;
};

/// The people of an account: who comes, what they may do, who goes. Changes of one account take turns.
class Team {
public:
    explicit Team(Parts parts) : parts_(std::move(parts)) {}

    Task<TeamList> list(Context& ctx);

    /// Mails a link that is good for three days; an earlier one to the same address is revoked. Error 409 for a member, 403 for a
    /// role above the inviter's, 429 after five letters an hour.
    Task<TeamInvitation> invite(http::Context& ctx, const NewTeamInvitation& input);
    Task<> revoke(Context& ctx, Id<TeamInvitation> id);
    /// Error 404 where there is none with this token, 410 where it is used, revoked or out of date.
    Task<InvitationOffer> offer(Context& ctx, const std::string& token);
    /// Makes the bearer a member and signs them in. Error 409 `sign_in_first` for somebody who can.
    Task<identity::SignedIn> accept(http::Context& ctx, const std::string& token, const InvitationAcceptance& input);

    /// Error 403 where it concerns or makes somebody above the one who changes, or raises that one; 409 `last_owner`.
    Task<TeamMember> change(http::Context& ctx, Id<accounts::User> id, const TeamMemberPatch& patch);
    Task<> remove(http::Context& ctx, Id<accounts::User> id);
    /// The owner who asks makes another member the owner in their place.
    Task<TeamMember> hand_over(http::Context& ctx, Id<accounts::User> id);

private:
    Task<TeamMember> require(db::Session& tx, const Context& ctx, Id<accounts::User> id);
    Task<> require_owner_left(db::Session& tx, const Context& ctx);
    Task<> set_role(db::Session& tx, const Context& ctx, const TeamMember& member, Role role);
    Task<> note(db::Session& tx, const Context& ctx, std::string kind, const TeamMember& member, Json before, Json after);

    Parts parts_;
};

/// Not in the trade's order but in that of rights: nobody gives or changes what is above themselves.
int rank(Role role);
bool suits(Role role, accounts::Kind kind);
/// The roles that an account of a kind has.
std::vector<Role> roles_of(accounts::Kind kind);

void routes(http::Router& router, Team& team);

} // namespace doorstep::team
