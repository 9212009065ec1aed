import { UnstyledButton } from "@mantine/core";
import type { ReceivedEmail } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { Avatar } from "@/ui/avatar";
import { Mark, Tag } from "@/ui/status";
import { When } from "@/ui/when";
import classes from "./emails.module.css";

const snippetLength = 160;

/** A letter that came in, in a list. */
export function ReceivedRow({ email, onOpen }: { email: ReceivedEmail; onOpen: () => void }) {
  const from = email.client_name ?? (email.from_name || email.from_email);
  return (
    <li className={classes.row} data-row={email.id}>
      <Avatar name={from} size={34} />
      <div className={classes.what}>
        <p className={classes.subject}>
          <UnstyledButton className={classes.open} data-row-link onClick={onOpen}>
            {email.subject || t("emails.no_subject")}
          </UnstyledButton>
        </p>
        <p className={classes.snippet}>
          <span className={classes.who}>{from}</span> {email.fresh_text.slice(0, snippetLength)}
        </p>
      </div>
      <div className={classes.state}>
        {email.answered_by && <Mark tone="good">{t("received.answered")}</Mark>}
        {email.kind !== "reply" && <Tag>{label("received_kind", email.kind)}</Tag>}
        <span className={classes.at}>
          <When at={email.received_at} />
        </span>
      </div>
    </li>
  );
}
