import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import type { HubClient } from "@/api/types.gen";
import { actIn } from "@/lib/acting";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { useMay } from "@/lib/permissions";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { Mark } from "@/ui/status";
import { businessOptions, toneOf, useActivateBusiness, useInviteBusiness, useRemoveBusiness } from "./api";
import { BusinessFacts } from "./business-facts";
import classes from "./hub.module.css";

/** One business as its agency sees it. */
export function BusinessPage() {
  const { id = "" } = useParams();
  const query = useQuery(businessOptions(id));
  const business = query.data;
  return (
    <Page
      title={business ? (business.business_name ?? business.name) : t("nav.hub")}
      back={{ to: paths.hub, label: t("nav.hub") }}
      aside={business && <Mark tone={toneOf(business.onboarding.state)}>{label("onboarding_state", business.onboarding.state)}</Mark>}
      actions={business && <Acts business={business} />}
    >
      <Stated query={query} failed={t("hub.one_failed")}>
        {(found) => (
          <div className={classes.columns}>
            <Section title={t("hub.profile")} card>
              <BusinessFacts business={found} />
            </Section>
            <Section title={t("hub.onboarding")} card>
              <Onboarding business={found} />
            </Section>
          </div>
        )}
      </Stated>
    </Page>
  );
}

function Acts({ business }: { business: HubClient }) {
  const navigate = useNavigate();
  const mayChange = useMay("update_business");
  const invite = useInviteBusiness();
  const activate = useActivateBusiness();
  const remove = useRemoveBusiness(() => void navigate(paths.hub, { replace: true }));
  const { joined_at: joined, state } = business.onboarding;
  return (
    <>
      {mayChange && !joined && (
        <>
          <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate(business)}>
            {t("hub.remove")}
          </Button>
          <Button variant="default" leftSection={<Glyph name="send" />} loading={invite.isPending} onClick={() => invite.mutate(business)}>
            {t(business.onboarding.invited_at ? "hub.invite_again" : "hub.invite")}
          </Button>
        </>
      )}
      {mayChange && joined && state !== "active" && (
        <Button variant={state === "completed" ? "filled" : "default"} leftSection={<Glyph name="check" />} loading={activate.isPending} onClick={() => activate.mutate(business)}>
          {t("hub.activate")}
        </Button>
      )}
      <Button variant={state === "active" ? "filled" : "default"} leftSection={<Glyph name="next" />} onClick={() => actIn(business.id, paths.console)}>
        {t("hub.switch")}
      </Button>
    </>
  );
}

function Onboarding({ business }: { business: HubClient }) {
  const { steps, ...times } = business.onboarding;
  const moments = [
    ["hub.invited_at", times.invited_at],
    ["hub.link_until", times.joined_at ? null : times.link_expires_at],
    ["hub.joined_at", times.joined_at],
    ["hub.completed_at", times.completed_at],
    ["hub.activated_at", times.activated_at],
  ] as const;
  return (
    <>
      <ol className={classes.steps}>
        {steps.map(({ key, done, required }) => (
          <li key={key} data-done={done || undefined}>
            <Glyph name={done ? "done" : "clock"} />
            <span>{t(`wizard.step.${key}`)}</span>
            <span className={rows.second}>{t(done ? "hub.step_done" : required ? "hub.step_open" : "wizard.optional")}</span>
          </li>
        ))}
      </ol>
      <dl className={classes.times}>
        {moments.map(
          ([name, at]) =>
            at && (
              <div key={name}>
                <dt>{t(name)}</dt>
                <dd>{formatFull(at)}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  );
}
