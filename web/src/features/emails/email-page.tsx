import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router";
import type { EmailDetail } from "@/api/types.gen";
import { useNow } from "@/lib/clock";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label, reasonLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { EmailStatusMark } from "@/ui/status";
import { Timeline } from "@/ui/timeline";
import { toast } from "@/ui/toast";
import { emailOptions, useCancelEmail, useRetryEmail } from "./api";
import { EmailBody } from "./email-body";
import { historyOf } from "./email-history";
import { EmailWhy } from "./email-why";
import classes from "./emails.module.css";

const back = () => ({ to: paths.emails, label: t("nav.emails") });

export function EmailPage() {
  const { id = "" } = useParams();
  const query = useQuery(emailOptions(id));
  if (query.data) return <Email email={query.data} />;
  return (
    <Page title={t("emails.one")} back={back()}>
      <Stated query={query} failed={query.error ? t("emails.one_failed") : undefined}>
        {() => null}
      </Stated>
    </Page>
  );
}

function Email({ email }: { email: EmailDetail }) {
  const retry = useRetryEmail();
  const navigate = useNavigate();
  const now = useNow();
  const cancel = useCancelEmail((gone) => {
    toast({ message: t("emails.cancelled") });
    void navigate(paths.person(gone.client_id), { replace: true });
  });
  const undoable = email.status === "queued" && email.undo_until !== null && new Date(email.undo_until) > now;
  const takeBack = undoable && (
    <Button variant="default" leftSection={<Glyph name="restore" />} loading={cancel.isPending} onClick={() => cancel.mutate(email.id)}>
      {t("emails.cancel")}
    </Button>
  );
  const again = email.status === "failed" && (
    <Button variant="default" leftSection={<Glyph name="refresh" />} loading={retry.isPending} onClick={() => retry.mutate(email.id)}>
      {t("action.retry")}
    </Button>
  );
  return (
    <Page title={email.subject || t("emails.no_subject")} back={back()} actions={takeBack || again || undefined}>
      <div className={classes.columns}>
        <div>
          <Envelope email={email} />
          {email.error_message && (
            <p className={classes.notice} data-bad>
              <Glyph name="warning" />
              {email.error_message}
            </p>
          )}
          {email.held_until && (
            <p className={classes.notice}>
              <Glyph name="held" />
              {t("emails.held", {
                time: formatFull(email.held_until),
                reason: email.hold_reason ? reasonLabel(email.hold_reason) : "",
              })}
            </p>
          )}
          <EmailBody html={email.body} text={email.text_body} />
        </div>
        <Section title={t("emails.history")}>
          <Timeline entries={historyOf(email)} label={t("emails.history")} />
        </Section>
      </div>
    </Page>
  );
}

const Envelope = ({ email }: { email: EmailDetail }) => (
  <dl className={classes.envelope}>
    <dt>{t("emails.status")}</dt>
    <dd>
      <EmailStatusMark status={email.status} />
    </dd>
    <dt>{t("emails.to")}</dt>
    <dd>
      <Link to={paths.person(email.client_id)}>{email.client_name}</Link> {email.to_email}
    </dd>
    <dt>{t("emails.from")}</dt>
    <dd>
      {email.from_name} {email.from_email}
    </dd>
    <dt>{t("emails.written_by")}</dt>
    <dd>{label("source", email.source)}</dd>
    <dt>{t("emails.why")}</dt>
    <dd>
      <EmailWhy email={email} />
    </dd>
    {email.retry_count > 0 && (
      <>
        <dt>{t("emails.tries")}</dt>
        <dd>{email.retry_count + 1}</dd>
      </>
    )}
  </dl>
);
