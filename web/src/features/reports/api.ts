import { queryOptions } from "@tanstack/react-query";
import { address, call } from "@/lib/http";
import { keys } from "@/lib/keys";

export interface Period {
  from?: string;
  to?: string;
  by?: "day" | "week" | "month";
}

export const reportNames = ["trends", "funnel", "response-times", "sources"] as const;
export type ReportName = (typeof reportNames)[number];

/** Where a report can be fetched as a file. */
export const fileAddress = (name: ReportName, kind: "csv" | "xlsx", period: Period): string =>
  address(`/api/reports/${name}.${kind}`, {}, period);

export const trendReportOptions = (period: Period) =>
  queryOptions({
    queryKey: keys.report("trends", period),
    queryFn: ({ signal }) => call("get_trend_report", { query: period }, { signal }),
  });

export const funnelOptions = (period: Period) =>
  queryOptions({
    queryKey: keys.report("funnel", period),
    queryFn: ({ signal }) => call("get_funnel_report", { query: period }, { signal }),
  });

export const responsesOptions = (period: Period) =>
  queryOptions({
    queryKey: keys.report("response-times", period),
    queryFn: ({ signal }) => call("get_response_report", { query: period }, { signal }),
  });

export const sourcesOptions = (period: Period) =>
  queryOptions({
    queryKey: keys.report("sources", period),
    queryFn: ({ signal }) => call("get_source_report", { query: period }, { signal }),
  });
