import { infiniteQueryOptions, QueryClient, type QueryKey } from "@tanstack/react-query";
import { ApiError } from "./http";

/** A page of a list, as the API gives it. */
export interface Page<T> {
  items: T[];
  total?: number | null;
  next?: string | null;
}

/** What the live stream renews; a stale answer is asked for again when its page is opened. */
const freshFor = 30_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshFor,
        gcTime: 10 * 60_000,
        // The server may be on this very machine: being offline is for the request to find out.
        networkMode: "always",
        retry: (count, error) => count < 2 && error instanceof ApiError && error.transient,
        retryDelay: (count) => 500 * 2 ** count,
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** A list that grows page by page along the server's cursors. */
export function listOptions<T>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<T>) => page.next ?? undefined,
  });
}

interface Identified {
  id: string;
}
type Change = (entity: Identified) => Identified | null;

/** Applies a change to every cached copy of some entities: in lists, in pages of lists, alone. Null removes it. */
export function changeCached(client: QueryClient, prefix: QueryKey, ids: string[], change: Change): void {
  const wanted = new Set(ids);
  client.setQueriesData({ queryKey: prefix }, (data: unknown) => changeIn(data, wanted, change));
}

function changeIn(data: unknown, ids: Set<string>, change: Change): unknown {
  if (typeof data !== "object" || data === null) return data;
  if ("pages" in data && Array.isArray(data.pages)) {
    return { ...data, pages: data.pages.map((page) => changeIn(page, ids, change)) };
  }
  if ("items" in data && Array.isArray(data.items)) return changeItems(data as Page<Identified>, ids, change);
  if ("id" in data && ids.has((data as Identified).id)) return change(data as Identified) ?? data;
  return data;
}

function changeItems(page: Page<Identified>, ids: Set<string>, change: Change): Page<Identified> {
  if (!page.items.some((item) => ids.has(item.id))) return page;
  const items = page.items.flatMap((item) => {
    const next = ids.has(item.id) ? change(item) : item;
    return next ? [next] : [];
  });
  const gone = page.items.length - items.length;
  const total = typeof page.total === "number" ? page.total - gone : page.total;
  return { ...page, items, total };
}

export const patchCached = <T extends Identified>(
  client: QueryClient,
  prefix: QueryKey,
  ids: string[],
  patch: Partial<T>,
): void => changeCached(client, prefix, ids, (entity) => ({ ...entity, ...patch }));

export const removeCached = (client: QueryClient, prefix: QueryKey, ids: string[]): void =>
  changeCached(client, prefix, ids, () => null);
