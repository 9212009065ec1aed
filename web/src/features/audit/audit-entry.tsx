import type { AuditEntry } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { When } from "@/ui/when";
import classes from "./audit.module.css";

/** One act: who, what, to whom, when; what was changed folds out. */
export function EntryRow({ entry }: { entry: AuditEntry }) {
  const ofThemselves = entry.subject.id !== null && entry.subject.id === entry.actor.id;
  const changed = entry.before !== null || entry.after !== null;
  return (
    <li className={classes.entry}>
      <p className={classes.act}>
        <b>{entry.actor.name || label("actor", entry.actor.kind)}</b>
        {entry.actor.account_id && <span className={classes.quiet}>{t("audit.by_agency")}</span>}
        <span>{label("audit_action", entry.action)}</span>
        {entry.subject.name && !ofThemselves && <span className={classes.subject}>{entry.subject.name}</span>}
      </p>
      <p className={classes.quiet}>
        <When at={entry.at} as="day" />
        {entry.ip && <span>{entry.ip}</span>}
        <span className={classes.seq}>{t("audit.number", { seq: entry.seq })}</span>
      </p>
      {changed && (
        <details className={classes.details}>
          <summary>{t("audit.details")}</summary>
          <dl className={classes.changes}>
            {entry.before !== null && <Values term={t("audit.before")} value={entry.before} />}
            {entry.after !== null && <Values term={t("audit.after")} value={entry.after} />}
          </dl>
        </details>
      )}
    </li>
  );
}

const Values = ({ term, value }: { term: string; value: unknown }) => (
  <div>
    <dt>{term}</dt>
    <dd>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </dd>
  </div>
);
