import { hashKey, type QueryClient, type QueryKey } from "@tanstack/react-query";
import type { Client } from "@/api/types.gen";
import type { Stage } from "@/lib/model";
import { type Page, patchCached, removeCached } from "@/lib/query";
import { keys } from "@/lib/keys";
import type { Filter, Sort } from "./api";

interface Pages {
  pages: Page<Client>[];
  pageParams: unknown[];
}

const lists: QueryKey = ["clients", "list"];
const filterOf = (key: QueryKey): Filter => (key[2] as Filter | undefined) ?? {};
/** What a list shows besides the stage: lists that agree in it are columns of one board. */
const boardOf = (filter: Filter): string => hashKey([{ ...filter, stage: undefined }]);

/** Moves people to a stage in everything that is cached: a list of another stage loses them, its neighbour gains them. */
export function moveCached(cache: QueryClient, ids: string[], stage: Stage): void {
  const cached = cache.getQueriesData<Pages>({ queryKey: lists }).flatMap(([key, data]) => (data ? [{ key, data }] : []));
  const seen = new Map<string, Client[]>();
  for (const { key, data } of cached) {
    const there = data.pages.flatMap((page) => page.items).filter(({ id }) => ids.includes(id));
    const board = boardOf(filterOf(key));
    seen.set(board, [...(seen.get(board) ?? []), ...there]);
  }
  for (const { key, data } of cached) {
    const filter = filterOf(key);
    if (!filter.stage) continue;
    if (filter.stage !== stage) removeCached(cache, key, ids);
    else cache.setQueryData(key, withPeople(data, seen.get(boardOf(filter)) ?? [], stage, filter.sort));
  }
  patchCached<Client>(cache, keys.clients, ids, { stage });
}

/** A list with more people in it, each in its place as far as the list is loaded. */
function withPeople(data: Pages, people: Client[], stage: Stage, sort: Sort = "-created_at"): Pages {
  const here = new Set(data.pages.flatMap((page) => page.items.map(({ id }) => id)));
  const more = new Map(people.filter(({ id }) => !here.has(id)).map((client) => [client.id, { ...client, stage }]));
  if (more.size === 0) return data;
  const [first, ...rest] = data.pages;
  if (!first) return data;
  const items = [...more.values(), ...first.items].toSorted((a, b) => compare(a, b, sort));
  const total = typeof first.total === "number" ? first.total + more.size : first.total;
  return { ...data, pages: [{ ...first, items, total }, ...rest] };
}

function compare(a: Client, b: Client, sort: Sort): number {
  const field = sort.replace("-", "") as "name" | "created_at" | "last_contacted";
  const order = (a[field] ?? "").localeCompare(b[field] ?? "");
  return sort.startsWith("-") ? -order : order;
}

/** A person out of any list that is loaded. */
export const findCached = (cache: QueryClient, id: string): Client | undefined =>
  cache
    .getQueriesData<Pages>({ queryKey: lists })
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap((page) => page.items)
    .find((client) => client.id === id);
