import "@mantine/charts/styles.layer.css";
import { LineChart } from "@mantine/charts";
import { useMediaQuery, useReducedMotion } from "@mantine/hooks";
import type { TrendRow } from "@/api/types.gen";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import classes from "./reports.module.css";
import { bucketLabel, series } from "./series";

/** The buckets as a picture. What it shows stands in the table below, so it is an image to a screen reader. */
export function TrendChart({ items, by }: { items: TrendRow[]; by: string }) {
  const still = useReducedMotion();
  const phone = useMediaQuery("(max-width: 48rem)");
  return (
    <div role="img" aria-label={t("reports.picture", { count: items.length })} className={classes.chart}>
      <LineChart
        h={phone ? 300 : 240}
        data={items.map((row) => ({ ...row, from: bucketLabel(row.from, by) }))}
        dataKey="from"
        series={series().map(({ name, label, color }) => ({ name, label, color }))}
        curveType="monotone"
        strokeWidth={1.75}
        withDots={false}
        withLegend
        legendProps={{ verticalAlign: "bottom", height: phone ? 104 : 44, itemSorter: null }}
        gridAxis="x"
        tickLine="none"
        valueFormatter={formatNumber}
        yAxisProps={{ width: 30, allowDecimals: false }}
        xAxisProps={{ minTickGap: 28 }}
        tooltipAnimationDuration={0}
        lineChartProps={{ accessibilityLayer: false }}
        lineProps={{ isAnimationActive: !still, animationDuration: 300 }}
      />
    </div>
  );
}
