import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CalendarConnection } from "@/api/types.gen";
import { call } from "./http";
import { keys } from "./keys";
import { sessionOptions } from "./session";

export type ReturnTo = "onboarding" | "settings";

export const connectionOptions = (user: string) =>
  queryOptions<CalendarConnection>({
    queryKey: keys.calendarConnection(user),
    queryFn: ({ signal }) => call("get_calendar_connection", { path: { realtorId: user } }, { signal }),
  });

/** The address of Google's consent page, which comes back to where one was. */
export const consent = (user: string, returnTo: ReturnTo) =>
  call("begin_calendar", { path: { realtorId: user }, query: { return_to: returnTo } });

/** How the own calendar is connected; nothing while that is not known. */
export function useConnection(): CalendarConnection | undefined {
  const user = useQuery(sessionOptions).data?.user.id;
  return useQuery({ ...connectionOptions(user ?? ""), enabled: Boolean(user) }).data;
}

/** "https://www.googleapis.com/auth/calendar.events" by its last word. */
export const scopeName = (scope: string): string => scope.slice(scope.lastIndexOf("/") + 1);
