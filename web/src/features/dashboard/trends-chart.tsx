import "@mantine/charts/styles.layer.css";
import { LineChart } from "@mantine/charts";
import { useReducedMotion } from "@mantine/hooks";
import type { TrendDay } from "@/api/types.gen";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import classes from "./dashboard.module.css";
import { dayLabel, series } from "./series";

/** Lines over the days. What it shows stands in the table below, so it is a picture to a screen reader. */
export function TrendsChart({ days }: { days: TrendDay[] }) {
  const still = useReducedMotion();
  const data = days.map((day) => ({ ...day, date: dayLabel(day.date) }));
  return (
    <div role="img" aria-label={t("trends.picture", { count: days.length })}>
      <LineChart
        className={classes.chart}
        h={230}
        data={data}
        dataKey="date"
        series={[...series()]}
        curveType="monotone"
        strokeWidth={1.75}
        withDots={false}
        withLegend
        legendProps={{ verticalAlign: "bottom", height: 30 }}
        gridAxis="x"
        tickLine="none"
        valueFormatter={formatNumber}
        yAxisProps={{ width: 32, allowDecimals: false }}
        xAxisProps={{ minTickGap: 28 }}
        lineChartProps={{ accessibilityLayer: false }}
        lineProps={{ isAnimationActive: !still, animationDuration: 300 }}
        tooltipAnimationDuration={0}
      />
    </div>
  );
}
