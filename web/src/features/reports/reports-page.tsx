import { SegmentedControl, Skeleton } from "@mantine/core";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { useNow } from "@/lib/clock";
import { dayKey } from "@/lib/format";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { useUrlState } from "@/lib/url-state";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { fileAddress, funnelOptions, type Period, type ReportName, responsesOptions, sourcesOptions, trendReportOptions } from "./api";
import { Funnel } from "./funnel";
import classes from "./reports.module.css";
import { Responses, Sources, TrendRows } from "./tables";

/** The chart is heavy: it comes on the side, and nothing waits for it. */
const chart = import("./trend-chart").then((module) => ({ default: module.TrendChart }));
const TrendChart = lazy(() => chart);

const spans = { "30": "day", "90": "week", "365": "month" } as const;
type Span = keyof typeof spans;
const usual: Span = "90";

/** The days of the office that a span covers, today included. */
function periodOf(span: Span, now: Date, zone: string | undefined): Period {
  const to = dayKey(now, zone);
  const first = new Date(Date.parse(`${to}T12:00:00Z`) - (Number(span) - 1) * 86_400_000);
  return { from: dayKey(first, "UTC"), to, by: spans[span] };
}

export function ReportsPage() {
  const [url, setUrl] = useUrlState(["days"]);
  const now = useNow();
  const zone = useSession()?.account.zone;
  const span = (Object.keys(spans) as Span[]).find((known) => known === url.days) ?? usual;
  const period = periodOf(span, now, zone);
  const keep = { placeholderData: <T,>(previous: T | undefined) => previous };
  const trends = useQuery({ ...trendReportOptions(period), ...keep });
  const funnel = useQuery({ ...funnelOptions(period), ...keep });
  const responses = useQuery({ ...responsesOptions(period), ...keep });
  const sources = useQuery({ ...sourcesOptions(period), ...keep });
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t("trends.span")}
      value={span}
      onChange={(value) => setUrl({ days: value === usual ? undefined : value })}
      data={Object.keys(spans).map((value) => ({ value, label: t("trends.days", { count: Number(value) }) }))}
    />
  );
  return (
    <Page title={t("reports.title")} back={{ to: paths.dashboard, label: t("nav.dashboard") }} actions={choice}>
      <div className={classes.grid}>
        <Card name="trends" period={period} query={trends}>
          {({ items }) => (
            <>
              <Suspense fallback={<Skeleton height={240} />}>
                <TrendChart items={items} by={spans[span]} />
              </Suspense>
              <TrendRows items={items} by={spans[span]} />
            </>
          )}
        </Card>
        <Card name="funnel" period={period} query={funnel}>
          {({ items }) => <Funnel items={items} />}
        </Card>
        <Card name="response-times" period={period} query={responses}>
          {({ items }) => <Responses items={items} />}
        </Card>
        <Card name="sources" period={period} query={sources}>
          {({ items }) => <Sources items={items} />}
        </Card>
      </div>
    </Page>
  );
}

interface CardProps<T> {
  name: ReportName;
  period: Period;
  query: UseQueryResult<T>;
  children: (report: T) => ReactNode;
}

/** A report: its numbers, what they mean, and its file. */
function Card<T>({ name, period, query, children }: CardProps<T>) {
  const file = (["csv", "xlsx"] as const).map((kind) => (
    <a
      key={kind}
      className={classes.file}
      href={fileAddress(name, kind, period)}
      download
      aria-label={t(`reports.${kind}_of`, { name: t(`reports.${name}`) })}
    >
      <Glyph name="down" size={14} />
      {t(`reports.${kind}`)}
    </a>
  ));
  return (
    <Section card title={t(`reports.${name}`)} actions={file} className={classes[name === "trends" ? "wide" : "half"]}>
      <Stated query={query} failed={t("reports.failed")} loading={<Skeleton height={200} />} small>
        {children}
      </Stated>
      <p className={classes.words}>{t(`reports.${name}_words`)}</p>
    </Section>
  );
}
