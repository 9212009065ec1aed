import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/http";
import { keys } from "@/lib/keys";

/** The tags in use, with how many people have each. */
export const tagsOptions = queryOptions({
  queryKey: keys.tags,
  queryFn: ({ signal }) => call("list_tags", {}, { signal }),
});
