import { ActionIcon, Menu, NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { TeamMember } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { Avatar } from "@/ui/avatar";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Mark } from "@/ui/status";
import { toast } from "@/ui/toast";
import { When } from "@/ui/when";
import { type Role, useChangeMember, useHandOver, useRemoveMember } from "./api";
import classes from "./team.module.css";

interface Props {
  member: TeamMember;
  roles: Role[];
  mayChange: boolean;
}

export function MemberRow({ member, roles, mayChange }: Props) {
  const session = useSession();
  const change = useChangeMember();
  const isMe = session?.user.id === member.id;
  const known = roles.includes(member.role) ? roles : [...roles, member.role];
  return (
    <li className={rows.wrapping} data-off={!member.active || undefined}>
      <Avatar name={member.name} size={36} />
      <div className={rows.what}>
        <p className={rows.name}>
          {member.name} {isMe && <span className={classes.me}>{t("team.you")}</span>}
        </p>
        <p className={rows.second}>
          <span>{member.email}</span>
          {member.active ? (
            member.last_seen_at && (
              <span>
                {t("team.seen")} <When at={member.last_seen_at} />
              </span>
            )
          ) : (
            <Mark tone="warn">{t("team.deactivated")}</Mark>
          )}
        </p>
      </div>
      {mayChange && !isMe ? (
        <div className={classes.actions}>
          <NativeSelect
            aria-label={t("team.role_of", { name: member.name })}
            value={member.role}
            disabled={change.isPending}
            data={known.map((role) => ({ value: role, label: label("role", role) }))}
            onChange={(event) => change.mutate({ member, patch: { role: event.currentTarget.value as Role } })}
          />
          <More member={member} isOwner={session?.role === "owner"} onActive={(active) => change.mutate({ member, patch: { active } })} />
        </div>
      ) : (
        <span className={classes.role}>{label("role", member.role)}</span>
      )}
    </li>
  );
}

interface MoreProps {
  member: TeamMember;
  isOwner: boolean;
  onActive: (active: boolean) => void;
}

/** What is done seldom. What can't be undone asks once more, in the same place. */
function More({ member, isOwner, onActive }: MoreProps) {
  const [asked, setAsked] = useState<"remove" | "hand_over" | null>(null);
  const navigate = useNavigate();
  const client = useQueryClient();
  const remove = useRemoveMember();
  const handOver = useHandOver(() => {
    // One's own role has changed, and with it the session has ended.
    toast({ message: t("team.handed_over", { name: member.name }) });
    client.clear();
    void navigate(paths.login);
  });
  return (
    <Menu position="bottom-end" width={260} closeOnItemClick={false} onClose={() => setAsked(null)}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("team.more", { name: member.name })}>
          <Glyph name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Glyph name={member.active ? "held" : "restore"} />} closeMenuOnClick onClick={() => onActive(!member.active)}>
          {t(member.active ? "team.deactivate" : "team.reactivate")}
        </Menu.Item>
        {isOwner && member.active && (
          <Menu.Item
            leftSection={<Glyph name="yes" />}
            onClick={() => (asked === "hand_over" ? handOver.mutate(member) : setAsked("hand_over"))}
          >
            {asked === "hand_over" ? t("team.hand_over_sure", { name: member.name }) : t("team.hand_over")}
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          leftSection={<Glyph name="delete" />}
          onClick={() => (asked === "remove" ? remove.mutate(member) : setAsked("remove"))}
        >
          {asked === "remove" ? t("team.remove_sure", { name: member.name }) : t("team.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
