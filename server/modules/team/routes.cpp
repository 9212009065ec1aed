#include "modules/team/team.hpp"

namespace doorstep::team {
namespace {

using Token = Line<1, 200>;

Task<TeamList> list_team(Team& team, http::Context& ctx) {
    co_return co_await team.list(ctx);
}

Task<http::Created<TeamInvitation>> invite_member(Team& team, http::Context& ctx, NewTeamInvitation input) {
    auto invitation = co_await team.invite(ctx, input);
    co_return http::Created<TeamInvitation>{"/api/team", std::move(invitation)};
}

Task<> revoke_invitation(Team& team, http::Context& ctx, Id<TeamInvitation> id) {
    co_await team.revoke(ctx, id);
}

Task<InvitationOffer> get_invitation(Team& team, http::Context& ctx, Token token) {
    co_return co_await team.offer(ctx, token);
}

Task<identity::SignedIn> accept_invitation(Team& team, http::Context& ctx, Token token, InvitationAcceptance input) {
    co_return co_await team.accept(ctx, token, input);
}

Task<TeamMember> update_member(Team& team, http::Context& ctx, Id<accounts::User> id, TeamMemberPatch patch) {
    co_return co_await team.change(ctx, id, patch);
}

Task<> remove_member(Team& team, http::Context& ctx, Id<accounts::User> id) {
    co_await team.remove(ctx, id);
}

Task<TeamMember> hand_over_account(Team& team, http::Context& ctx, Id<accounts::User> id) {
    co_return co_await team.hand_over(ctx, id);
}

} // namespace

void routes(http::Router& router, Team& team) {
    router.tag("Team");
    router.add("GET", "/api/team", team, list_team)
        .scope("team:read")
        .id("list_team")
        .summary("The account's members, and who is invited");
    router.add("POST", "/api/team/invitations", team, invite_member)
        .scope("team:write")
        .id("invite_member")
        .summary("Mails somebody a link to join; an earlier one to the same address is revoked");
    router.add("DELETE", "/api/team/invitations/{id}", team, revoke_invitation)
        .scope("team:write")
        .id("revoke_invitation")
        .summary("Revokes an open invitation");
    router.add("GET", "/api/team/invitations/{token}/accept", team, get_invitation)
        .open()
        .id("get_invitation")
        .summary("What an invitation offers");
    router.add("POST", "/api/team/invitations/{token}/accept", team, accept_invitation)
        .open()
        .shown_once()
        .id("accept_invitation")
        .summary("Joins the account, once, and signs in");
    router.add("PATCH", "/api/team/{id}", team, update_member)
        .scope("team:write")
        .id("update_member")
        .summary("Gives a member another role, deactivates or reactivates them; what they are signed in with ends");
    router.add("DELETE", "/api/team/{id}", team, remove_member)
        .scope("team:write")
        .id("remove_member")
        .summary("Takes a member out of the account");
    router.add("POST", "/api/team/{id}/ownership", team, hand_over_account)
        .scope("team:write")
        .id("hand_over_account")
        .summary("Makes another member the owner in your place");
}

} // namespace doorstep::team
