import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TeamInvitation, TeamList } from "@/api/types.gen";
import { useNow } from "@/lib/clock";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { useMay } from "@/lib/permissions";
import { DownloadMenu } from "@/ui/download-menu";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { useDrawer } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { Mark } from "@/ui/status";
import { When } from "@/ui/when";
import { teamOptions, useInvite, useRevokeInvitation } from "./api";
import { InviteDrawer } from "./invite-drawer";
import { MemberRow } from "./member-row";
import classes from "./team.module.css";

/** Who works in the account, and who is asked to. */
export function TeamPage() {
  const query = useQuery(teamOptions);
  const drawer = useDrawer("invite");
  const mayChange = useMay("invite_member");
  const actions = (
    <>
      <DownloadMenu list="/api/team" />
      {mayChange && (
        <Button leftSection={<Glyph name="addPerson" />} onClick={() => drawer.open()}>
          {t("team.invite")}
        </Button>
      )}
    </>
  );
  return (
    <Section title={t("settings.team")} actions={actions}>
      <p className={rows.lead}>{t("team.lead")}</p>
      <Stated query={query} failed={t("team.load_failed")}>
        {(team) => (
          <>
            <Members team={team} mayChange={mayChange} />
            {team.invitations.length > 0 && <Invitations invitations={team.invitations} mayChange={mayChange} />}
            <InviteDrawer opened={drawer.opened} onClose={drawer.close} roles={team.roles} />
          </>
        )}
      </Stated>
    </Section>
  );
}

const Members = ({ team, mayChange }: { team: TeamList; mayChange: boolean }) => (
  <ul className={rows.list}>
    {team.items.map((member) => (
      <MemberRow key={member.id} member={member} roles={team.roles} mayChange={mayChange} />
    ))}
  </ul>
);

const Invitations = ({ invitations, mayChange }: { invitations: TeamInvitation[]; mayChange: boolean }) => (
  <section className={classes.invitations} aria-labelledby="team-invitations">
    <h3 id="team-invitations">{t("team.invitations")}</h3>
    <ul className={rows.list}>
      {invitations.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} mayChange={mayChange} />
      ))}
    </ul>
  </section>
);

function InvitationRow({ invitation, mayChange }: { invitation: TeamInvitation; mayChange: boolean }) {
  const revoke = useRevokeInvitation();
  const again = useInvite(() => {});
  const over = new Date(invitation.expires_at) <= useNow();
  const { email, role, name } = invitation;
  return (
    <li className={rows.wrapping}>
      <div className={rows.what}>
        <p className={rows.name}>{name || email}</p>
        <p className={rows.second}>
          {name && <span>{email}</span>}
          <span>{label("role", role)}</span>
          <span>{t("team.invited_by", { name: invitation.invited_by })}</span>
          {over ? <Mark tone="warn">{t("team.invitation_over")}</Mark> : <span>{t("team.good_until")} <When at={invitation.expires_at} /></span>}
        </p>
      </div>
      {mayChange && (
        <div className={classes.actions}>
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate({ email, role, name: name || null })}>
            {t("team.send_again")}
          </Button>
          <Button variant="subtle" color="gray" aria-label={t("team.revoke_this", { name: email })} onClick={() => revoke.mutate(invitation)}>
            {t("team.revoke")}
          </Button>
        </div>
      )}
    </li>
  );
}
