import "@mantine/charts/styles.layer.css";
import { AreaChart, BarChart } from "@mantine/charts";
import { useReducedMotion } from "@mantine/hooks";
import type { TrendDay } from "@/api/types.gen";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import classes from "./dashboard.module.css";
import { dayLabel, emailSeries, workSeries } from "./series";

const shared = {
  className: classes.chart,
  h: 210,
  dataKey: "date",
  withLegend: true,
  legendProps: { verticalAlign: "bottom", height: 28, itemSorter: null },
  gridAxis: "x",
  tickLine: "none",
  valueFormatter: formatNumber,
  yAxisProps: { width: 30, allowDecimals: false },
  xAxisProps: { minTickGap: 28 },
  tooltipAnimationDuration: 0,
} as const;

/** The days as pictures. What they show stands in the table below, so they are an image to a screen reader. */
export function TrendsChart({ days }: { days: TrendDay[] }) {
  const still = useReducedMotion();
  const data = days.map((day) => ({ ...day, date: dayLabel(day.date) }));
  const motion = { isAnimationActive: !still, animationDuration: 300 };
  return (
    <div role="img" aria-label={t("trends.picture", { count: days.length })} className={classes.charts}>
      <AreaChart
        {...shared}
        data={data}
        series={[...emailSeries()]}
        curveType="monotone"
        strokeWidth={1.5}
        fillOpacity={0.22}
        withGradient={false}
        withDots={false}
        areaChartProps={{ accessibilityLayer: false }}
        areaProps={motion}
      />
      <BarChart
        {...shared}
        data={data}
        series={[...workSeries()]}
        maxBarWidth={14}
        barChartProps={{ accessibilityLayer: false, barGap: 1 }}
        barProps={{ ...motion, radius: [2, 2, 0, 0] }}
      />
    </div>
  );
}
