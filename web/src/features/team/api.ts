import { queryOptions } from "@tanstack/react-query";
import type { NewTeamInvitation, TeamInvitation, TeamMember, TeamMemberPatch } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export type Role = TeamMember["role"];

export const teamOptions = queryOptions({
  queryKey: keys.team,
  queryFn: ({ signal }) => call("list_team", {}, { signal }),
});

export const offerOptions = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => call("get_invitation", { path: { token } }, { signal, anonymous: true }),
    retry: false,
  });

export const useInvite = (done: (invitation: TeamInvitation) => void) =>
  useAct({ run: (body: NewTeamInvitation) => call("invite_member", { body }), touches: [keys.team], done });

export const useRevokeInvitation = () =>
  useAct({
    run: (invitation: TeamInvitation) => call("revoke_invitation", { path: { id: invitation.id } }),
    touches: [keys.team],
    failed: ({ email }) => t("team.not_revoked", { name: email }),
    done: (_, { email }) => toast({ message: t("team.revoked", { name: email }) }),
  });

interface Change {
  member: TeamMember;
  patch: TeamMemberPatch;
}

export const useChangeMember = () =>
  useAct({
    run: ({ member, patch }: Change) => call("update_member", { path: { id: member.id }, body: patch }),
    touches: [keys.team],
    failed: ({ member }) => t("team.not_changed", { name: member.name }),
    done: (_, { member }) => toast({ message: t("team.changed", { name: member.name }) }),
  });

export const useRemoveMember = () =>
  useAct({
    run: (member: TeamMember) => call("remove_member", { path: { id: member.id } }),
    touches: [keys.team],
    failed: ({ name }) => t("team.not_removed", { name }),
    done: (_, { name }) => toast({ message: t("team.removed", { name }) }),
  });

export const useHandOver = (done: () => void) =>
  useAct({
    run: (member: TeamMember) => call("hand_over_account", { path: { id: member.id } }),
    touches: [keys.team],
    failed: ({ name }) => t("team.not_handed_over", { name }),
    done,
  });
