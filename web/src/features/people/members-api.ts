import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/http";
import { keys } from "@/lib/keys";

/** Those of the office whom people can be assigned to. */
export const membersOptions = queryOptions({
  queryKey: keys.team,
  queryFn: ({ signal }) => call("list_team", {}, { signal }),
  select: ({ items }) => items.filter(({ active }) => active),
});
