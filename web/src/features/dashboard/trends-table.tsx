import type { TrendDay } from "@/api/types.gen";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import classes from "./dashboard.module.css";
import { dayLabel, series } from "./series";

/** The chart's numbers, for those who rather read them. */
export function TrendsTable({ days }: { days: TrendDay[] }) {
  return (
    <details className={classes.numbers}>
      <summary>{t("trends.as_table")}</summary>
      {/* A region that scrolls must be reachable by key. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("trends.as_table")}>
        <table>
          <caption>{t("trends.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("trends.day")}</th>
              {series().map(({ name, label }) => (
                <th key={name} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.date}>
                <th scope="row">{dayLabel(day.date)}</th>
                {series().map(({ name }) => (
                  <td key={name}>{formatNumber(day[name])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
