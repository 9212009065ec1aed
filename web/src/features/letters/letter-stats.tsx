import { SegmentedControl, Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { oneOf, useUrlState } from "@/lib/url-state";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { Term } from "@/ui/term";
import { statsOptions } from "./api";
import { counted, type Counted } from "./counted";
import classes from "./letter-stats.module.css";

const spans = ["7", "30", "90"] as const;
const usual = "30";

/** What became of the letters of the last days, together and by type. */
export function LetterStats() {
  const [url, setUrl] = useUrlState(["days"]);
  const span = oneOf(spans, url.days) ?? usual;
  const query = useQuery({ ...statsOptions(Number(span)), placeholderData: keepPreviousData });
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t("trends.span")}
      value={span}
      onChange={(value) => setUrl({ days: value === usual ? undefined : value })}
      data={spans.map((value) => ({ value, label: t("trends.days", { count: Number(value) }) }))}
    />
  );
  return (
    <Section card title={t("letters.stats")} actions={choice} className={classes.stats}>
      <Stated query={query} failed={t("letters.stats_failed")} loading={<Skeleton height={64} />} small>
        {({ items }) => (items.length === 0 ? <p>{t("letters.stats_none")}</p> : <Numbers counts={counted(items)} />)}
      </Stated>
      <p className={classes.words}>{t("letters.stats_words")}</p>
    </Section>
  );
}

const Numbers = ({ counts }: { counts: Counted }) => (
  <>
    <dl className={classes.figures}>
      {counts.statuses.map((status) => (
        <div key={status}>
          <dt>
            <Term name={label("letter_status", status)} definition={label("letter_definition", status)} />
          </dt>
          <dd data-figure={status}>{formatNumber(counts.totals[status] ?? 0)}</dd>
        </div>
      ))}
    </dl>
    <ByType counts={counts} />
  </>
);

const ByType = ({ counts: { statuses, totals, all, rows } }: { counts: Counted }) => (
  <details className={classes.types}>
    <summary>{t("letters.by_type")}</summary>
    {/* A region that scrolls must be reachable by key. */}
    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("letters.by_type")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("letters.type")}</th>
            {statuses.map((status) => (
              <th key={status} scope="col">
                {label("letter_status", status)}
              </th>
            ))}
            <th scope="col">{t("letters.all")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ type, counts, all: ofType }) => (
            <tr key={type}>
              <th scope="row">{label("letter_type", type)}</th>
              {statuses.map((status) => (
                <td key={status}>{formatNumber(counts[status] ?? 0)}</td>
              ))}
              <td>{formatNumber(ofType)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("letters.all")}</th>
            {statuses.map((status) => (
              <td key={status}>{formatNumber(totals[status] ?? 0)}</td>
            ))}
            <td>{formatNumber(all)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  </details>
);
