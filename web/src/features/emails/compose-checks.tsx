import type { Preview, Warning } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import classes from "./emails.module.css";

interface Props {
  warnings: Warning[];
  written: Preview | null;
}

const concerns = ["fair_housing", "invented_fact"] as const;

/** What to look at before a letter goes, and the facts that its draft could draw on. */
export function ComposeChecks({ warnings, written }: Props) {
  const missing = written?.missing ?? [];
  const facts = written?.facts ?? [];
  return (
    <>
      <div role="status" className={classes.checks}>
        {concerns.map((concern) => {
          const excerpts = warnings.filter((warning) => warning.concern === concern).map(({ excerpt }) => excerpt);
          return excerpts.length === 0 ? null : (
            <p key={concern} className={classes.notice}>
              <Glyph name="warning" />
              <span>
                {t(`emails.concern.${concern}`)} {excerpts.map((excerpt) => `“${excerpt}”`).join(", ")}
              </span>
            </p>
          );
        })}
        {missing.length > 0 && (
          <p className={classes.notice}>
            <Glyph name="warning" />
            {t("emails.missing", { names: missing.map((name) => label("variable", name)).join(", ") })}
          </p>
        )}
      </div>
      {facts.length > 0 && (
        <details className={classes.facts}>
          <summary>{t("emails.facts", { count: facts.length })}</summary>
          <dl>
            {facts.map(({ name, value }) => (
              <div key={name}>
                <dt>{label("fact", name)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
