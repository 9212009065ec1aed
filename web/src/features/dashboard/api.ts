import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/http";
import { keys } from "@/lib/keys";

export const statsOptions = queryOptions({
  queryKey: keys.stats,
  queryFn: ({ signal }) => call("get_stats", {}, { signal }),
});

export const trendsOptions = (days: number) =>
  queryOptions({
    queryKey: keys.trends(days),
    queryFn: ({ signal }) => call("get_trends", { query: { days } }, { signal }),
  });

export const activityOptions = (limit: number) =>
  queryOptions({
    queryKey: keys.activity(limit),
    queryFn: ({ signal }) => call("get_recent_activity", { query: { limit } }, { signal }),
  });
