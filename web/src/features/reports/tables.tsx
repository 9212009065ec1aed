import type { ResponseRow, SourceRow, TrendRow } from "@/api/types.gen";
import { formatNumber, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { Empty } from "@/ui/states";
import classes from "./reports.module.css";
import { bucketLabel, series } from "./series";

/** The chart's numbers, for those who rather read them. */
export function TrendRows({ items, by }: { items: TrendRow[]; by: string }) {
  return (
    <details className={classes.numbers}>
      <summary>{t("trends.as_table")}</summary>
      {/* A region that scrolls must be reachable by key. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("trends.as_table")}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("trends.day")}</th>
              {series().map(({ name, label: words }) => (
                <th key={name} scope="col">
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.toReversed().map((row) => (
              <tr key={row.from}>
                <th scope="row">{bucketLabel(row.from, by)}</th>
                {series().map(({ name }) => (
                  <td key={name}>{formatNumber(row[name])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Seconds as people say them: "45 min", "3.2 h", "2.5 days". */
export function duration(seconds: number): string {
  if (seconds < 5400) return t("reports.minutes", { count: Math.round(seconds / 60) });
  if (seconds < 172_800) return t("reports.hours", { count: Math.round(seconds / 360) / 10 });
  return t("trends.days", { count: Math.round(seconds / 8640) / 10 });
}

export function Responses({ items }: { items: ResponseRow[] }) {
  return (
    <table className={classes.table}>
      <caption className={classes.hidden}>{t("reports.response-times")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("reports.measure")}</th>
          <th scope="col">{t("reports.median")}</th>
          <th scope="col">{t("reports.slowest")}</th>
          <th scope="col">{t("reports.answered")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ measure, cases, answered, median_seconds, slowest_tenth_seconds }) => (
          <tr key={measure}>
            <th scope="row">{label("measure", measure)}</th>
            <td>{median_seconds === null ? "–" : duration(median_seconds)}</td>
            <td>{slowest_tenth_seconds === null ? "–" : duration(slowest_tenth_seconds)}</td>
            <td>{t("reports.of", { part: answered, whole: cases })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Sources({ items }: { items: SourceRow[] }) {
  if (items.length === 0) {
    return (
      <Empty small title={t("reports.no_sources_title")}>
        {t("reports.no_sources")}
      </Empty>
    );
  }
  return (
    <table className={classes.table}>
      <caption className={classes.hidden}>{t("reports.sources")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("reports.source")}</th>
          <th scope="col">{t("nav.people")}</th>
          <th scope="col">{label("stage", "closed")}</th>
          <th scope="col">{label("stage", "lost")}</th>
          <th scope="col">{t("kpi.conversion_rate")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ source, clients, closed, lost, conversion }) => (
          <tr key={source}>
            <th scope="row">{label("source_of", source)}</th>
            <td>{formatNumber(clients)}</td>
            <td>{formatNumber(closed)}</td>
            <td>{formatNumber(lost)}</td>
            <td>{formatPercent(conversion)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
