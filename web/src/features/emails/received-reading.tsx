import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { ReceivedEmail } from "@/api/types.gen";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { DrawerFoot } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { EmailBody } from "./email-body";
import { receivedOptions } from "./received-api";
import { UnknownSender } from "./unknown-sender";
import classes from "./emails.module.css";

interface Props {
  id: string;
  /** Adds the sender, if it is somebody new. */
  onAdd?: () => void;
}

/** A letter that came in, to be read. */
export function ReceivedReading({ id, onAdd }: Props) {
  const query = useQuery(receivedOptions(id));
  return (
    <Stated query={query} failed={t("received.one_failed")}>
      {(email) => <Reading email={email} onAdd={onAdd} />}
    </Stated>
  );
}

function Reading({ email, onAdd }: { email: ReceivedEmail; onAdd?: () => void }) {
  const body = <EmailBody html={email.body} text={email.text_body} />;
  return (
    <>
      <h3 className={classes.received}>{email.subject || t("emails.no_subject")}</h3>
      <dl className={classes.envelope}>
        <dt>{t("emails.from")}</dt>
        <dd>
          {email.client_id ? <Link to={paths.person(email.client_id)}>{email.client_name}</Link> : email.from_name} {email.from_email}
        </dd>
        <dt>{t("emails.to")}</dt>
        <dd>{email.to_email}</dd>
        <dt>{t("received.at")}</dt>
        <dd>{formatFull(email.received_at)}</dd>
        {email.email_id && (
          <>
            <dt>{t("received.answers")}</dt>
            <dd>
              <Link to={paths.email(email.email_id)}>{t("received.open_ours")}</Link>
            </dd>
          </>
        )}
        {email.answered_by && (
          <>
            <dt>{t("received.answered")}</dt>
            <dd>
              <Link to={paths.email(email.answered_by)}>{t("received.open_answer")}</Link>
            </dd>
          </>
        )}
        {email.attachments.length > 0 && (
          <>
            <dt>{t("received.attachments")}</dt>
            <dd>{email.attachments.join(", ")}</dd>
          </>
        )}
      </dl>
      {onAdd && !email.client_id && email.kind !== "bounce" ? (
        <UnknownSender email={email} onAdd={onAdd}>
          {body}
        </UnknownSender>
      ) : (
        body
      )}
      {email.client_id && (
        <DrawerFoot>
          <Button component={Link} to={paths.answer(email.client_id, email.id)} leftSection={<Glyph name="email" />}>
            {t(email.answered_by ? "received.answer_again" : "received.answer")}
          </Button>
        </DrawerFoot>
      )}
    </>
  );
}
