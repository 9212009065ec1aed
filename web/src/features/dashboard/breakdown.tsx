import { Link } from "react-router";
import { formatNumber, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import classes from "./breakdown.module.css";

interface Row {
  name: string;
  label: string;
  count: number;
  /** Where these are listed. */
  to: string;
}

interface Props {
  caption: string;
  unit: string;
  rows: Row[];
  tones: "stage" | "task" | "email";
}

/** How a whole divides: a bar of its parts, and the table that says the same in numbers. */
export function Breakdown({ caption, unit, rows, tones }: Props) {
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  return (
    <div data-tones={tones} className={classes.breakdown}>
      <div className={classes.bar} aria-hidden>
        {rows
          .filter(({ count }) => count > 0)
          .map(({ name, count }) => (
            <span key={name} data-name={name} style={{ flexGrow: count }} />
          ))}
      </div>
      <table className={classes.table}>
        <caption className={classes.hidden}>{caption}</caption>
        <thead className={classes.hidden}>
          <tr>
            <th scope="col">{t("dashboard.what")}</th>
            <th scope="col">{unit}</th>
            <th scope="col">{t("dashboard.share")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, label, count, to }) => (
            <tr key={name}>
              <th scope="row">
                <span className={classes.key} data-name={name} />
                <Link to={to}>{label}</Link>
              </th>
              <td>{formatNumber(count)}</td>
              <td>{total ? formatPercent(Math.round((count / total) * 100)) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
