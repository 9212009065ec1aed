import type { LetterVariable } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Tag } from "@/ui/status";
import classes from "./letters.module.css";

/** What a letter can name, each with an example. */
export const Variables = ({ variables }: { variables: LetterVariable[] }) => (
  <details className={classes.variables}>
    <summary>{t("templates.variables")}</summary>
    <dl>
      {variables.map(({ name, sample, required }) => (
        <div key={name}>
          <dt>
            <code>{`{{${name}}}`}</code> {required && <Tag>{t("templates.required")}</Tag>}
          </dt>
          <dd>{sample}</dd>
        </div>
      ))}
    </dl>
  </details>
);
