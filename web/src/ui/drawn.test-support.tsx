import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { MemoryRouter } from "react-router";
import { createQueryClient } from "@/lib/query";

type Known = readonly [key: readonly unknown[], data: unknown];

/** A list's first and only page, as its query keeps it. */
export const onePage = (items: readonly unknown[]) => ({
  pages: [{ items, page: 1, limit: 50, total: items.length, next: null }],
  pageParams: [undefined],
});

/** A component's HTML once these queries are answered; drawers, which need a browser, stay out of it. */
export function drawn(what: ReactNode, known: readonly Known[] = []): string {
  const client = createQueryClient();
  for (const [key, data] of known) client.setQueryData(key, data);
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter>{what}</MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** What somebody reads of it. */
export const textOf = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
