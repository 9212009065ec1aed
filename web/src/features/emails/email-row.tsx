import { Link } from "react-router";
import type { EmailSummary } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Avatar } from "@/ui/avatar";
import { Glyph } from "@/ui/icons";
import { EmailStatusMark } from "@/ui/status";
import { When } from "@/ui/when";
import classes from "./emails.module.css";

const snippetLength = 160;

/** An e-mail in a list. On a person's page the person goes without saying. */
export function EmailRow({ email, own }: { email: EmailSummary; own?: boolean }) {
  return (
    <li className={classes.row} data-row={email.id} data-own={own || undefined}>
      {!own && <Avatar name={email.client_name} size={34} />}
      <div className={classes.what}>
        <p className={classes.subject}>
          <Link to={paths.email(email.id)} data-row-link className={classes.open}>
            {email.subject || t("emails.no_subject")}
          </Link>
        </p>
        {own ? null : (
          <p className={classes.snippet}>
            <span className={classes.who}>{email.client_name}</span> {email.text_body.slice(0, snippetLength)}
          </p>
        )}
        {email.error_message && <p className={classes.error}>{email.error_message}</p>}
      </div>
      <div className={classes.state}>
        <EmailStatusMark status={email.status} />
        <span className={classes.at}>
          {email.source === "ai" && <Glyph name="ai" size={12} />}
          <When at={email.sent_at ?? email.created_at} />
        </span>
      </div>
    </li>
  );
}
