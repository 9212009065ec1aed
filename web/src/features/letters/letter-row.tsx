import { UnstyledButton } from "@mantine/core";
import type { EmailLog } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label, type Tone } from "@/lib/model";
import rows from "@/ui/rows.module.css";
import { Mark, Tag } from "@/ui/status";
import { When } from "@/ui/when";
import classes from "./letters.module.css";

const tones: Partial<Record<EmailLog["status"], Tone>> = {
  sent: "info",
  delivered: "info",
  opened: "good",
  clicked: "good",
  failed: "bad",
  bounced: "bad",
  complained: "bad",
};

export const LetterStatusMark = ({ status }: { status: EmailLog["status"] }) => (
  <Mark tone={tones[status]}>{label("letter_status", status)}</Mark>
);

export function LetterRow({ letter, onOpen }: { letter: EmailLog; onOpen: () => void }) {
  return (
    <li className={`${rows.item} ${classes.row}`}>
      <div className={rows.what}>
        <UnstyledButton className={classes.open} onClick={onOpen}>
          {letter.subject ?? label("letter_type", letter.email_type)}
        </UnstyledButton>
        <p className={rows.second}>
          <span>{letter.to_name ? `${letter.to_name} <${letter.to_email}>` : letter.to_email}</span>
          <span>{label("letter_type", letter.email_type)}</span>
          {letter.is_test && <Tag>{t("letters.test")}</Tag>}
        </p>
        {letter.error_message && <p className={rows.error}>{letter.error_message}</p>}
      </div>
      <div className={classes.state}>
        <LetterStatusMark status={letter.status} />
        <span className={classes.at}>
          <When at={letter.sent_at ?? letter.created_at} />
        </span>
      </div>
    </li>
  );
}
