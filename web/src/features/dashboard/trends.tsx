import { SegmentedControl, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { t } from "@/lib/i18n";
import { useUrlState } from "@/lib/url-state";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { trendsOptions } from "./api";
import { TrendsTable } from "./trends-table";

/** The charts are heavy: they come on the side, and nothing waits for them. */
const chart = import("./trends-chart").then((module) => ({ default: module.TrendsChart }));
const TrendsChart = lazy(() => chart);

const spans = ["7", "30", "90"] as const;
export const usualSpan = 30;

/** What happened, day by day. */
export function Trends() {
  const [url, setUrl] = useUrlState(["days"]);
  const days = spans.find((span) => span === url.days) ?? String(usualSpan);
  const query = useQuery({ ...trendsOptions(Number(days)), placeholderData: (previous) => previous });
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t("trends.span")}
      value={days}
      onChange={(value) => setUrl({ days: value === String(usualSpan) ? undefined : value })}
      data={spans.map((value) => ({ value, label: t("trends.days", { count: Number(value) }) }))}
    />
  );
  return (
    <Section card title={t("trends.title")} actions={choice}>
      <Stated query={query} failed={t("trends.failed")} loading={<Skeleton height={220} />} small>
        {(trends) => (
          <>
            <Suspense fallback={<Skeleton height={220} />}>
              <TrendsChart days={trends.days} />
            </Suspense>
            <TrendsTable days={trends.days} />
          </>
        )}
      </Stated>
    </Section>
  );
}
