import type { FunnelRow } from "@/api/types.gen";
import { formatNumber, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { stageLabel } from "@/lib/model";
import classes from "./reports.module.css";

/** How far a cohort came: a bar for each stage, with its share of all and of the stage before. */
export function Funnel({ items }: { items: FunnelRow[] }) {
  return (
    <table className={classes.table}>
      <caption className={classes.hidden}>{t("reports.funnel")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("people.stage")}</th>
          <th scope="col">{t("nav.people")}</th>
          <th scope="col">{t("reports.of_all")}</th>
          <th scope="col">{t("reports.of_previous")}</th>
          <th scope="col">{t("reports.median_days")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ stage, clients, of_all, of_previous, median_days }) => (
          <tr key={stage}>
            <th scope="row">
              {stageLabel(stage)}
              <span className={classes.bar} data-stage={stage} style={{ inlineSize: `${of_all}%` }} aria-hidden />
            </th>
            <td>{formatNumber(clients)}</td>
            <td>{formatPercent(of_all)}</td>
            <td>{stage === "lead" ? "–" : formatPercent(of_previous)}</td>
            <td>{median_days === null ? "–" : formatNumber(median_days)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
