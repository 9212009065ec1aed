import { Button, UnstyledButton } from "@mantine/core";
import { Link } from "react-router";
import type { ReceivedEmail } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Avatar } from "@/ui/avatar";
import { Mark, Tag } from "@/ui/status";
import { When } from "@/ui/when";
import classes from "./emails.module.css";

const snippetLength = 160;

interface Props {
  email: ReceivedEmail;
  /** On the person's page, where they go without saying. */
  own?: boolean;
  onOpen: () => void;
}

/** A letter that came in, in a list. */
export function ReceivedRow({ email, own, onOpen }: Props) {
  const from = email.client_name ?? (email.from_name || email.from_email);
  const subject = email.subject || t("emails.no_subject");
  const waits = email.kind === "reply" && !email.answered_by;
  return (
    <li className={classes.row} data-row={email.id} data-own={own || undefined}>
      {!own && <Avatar name={from} size={34} />}
      <div className={classes.what}>
        <p className={classes.subject}>
          <UnstyledButton className={classes.open} data-row-link onClick={onOpen}>
            {subject}
          </UnstyledButton>
        </p>
        <p className={classes.snippet}>
          {!own && <span className={classes.who}>{from} </span>}
          {email.fresh_text.slice(0, snippetLength)}
        </p>
      </div>
      <div className={classes.state}>
        {email.answered_by && <Mark tone="good">{t("received.answered")}</Mark>}
        {email.kind !== "reply" && <Tag>{label("received_kind", email.kind)}</Tag>}
        <span className={classes.at}>
          <When at={email.received_at} />
        </span>
        {own && waits && email.client_id && (
          <Button
            component={Link}
            to={paths.answer(email.client_id, email.id)}
            className={classes.answerNow}
            size="compact-xs"
            variant="light"
            aria-label={t("received.answer_this", { subject })}
          >
            {t("received.answer")}
          </Button>
        )}
      </div>
    </li>
  );
}
