import { queryOptions } from "@tanstack/react-query";
import type { FillRequest, Template } from "@/api/types.gen";
import { call } from "./http";
import { keys } from "./keys";

// The library of letters, for the rooms that take one out of it.

/** All letters, by name. */
export const lettersOptions = queryOptions({
  queryKey: keys.templateList({ all: true }),
  queryFn: async ({ signal }) => {
    const items: Template[] = [];
    let cursor: string | undefined;
    do {
      // One page leads to the next.
      // oxlint-disable-next-line no-await-in-loop
      const page = await call("list_templates", { query: { limit: 100, cursor } }, { signal });
      items.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor);
    return { items };
  },
});

/** How a letter reads, for somebody or for a made-up person; asked again when the text changes. */
export const filledOptions = (body: FillRequest) =>
  queryOptions({
    queryKey: keys.templateFilled(body),
    queryFn: ({ signal }) => call("preview_template", { body }, { signal }),
    enabled: body.subject.trim() !== "" && body.body.trim() !== "",
    retry: false,
  });

/** How the office presents itself, and in which language it writes. */
export const settingsOptions = queryOptions({
  queryKey: keys.settings,
  queryFn: ({ signal }) => call("get_settings", {}, { signal }),
});
