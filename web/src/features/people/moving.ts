import { hashKey, type QueryClient, type QueryKey } from "@tanstack/react-query";
import type { Client, ClientPatch } from "@/api/types.gen";
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

/** Where a card stands in its column: behind the last of these that is still there, first if none is; or behind all. */
export type Place = { behind: readonly string[] } | "last";
export const first: Place = { behind: [] };

/** The people of a stage in the order that they were put in by hand, as far as they are loaded. */
export const columnOf = (cache: QueryClient, stage: Stage): Client[] =>
  cache.getQueryData<Pages>(keys.clientList({ stage, sort: "board" }))?.pages.flatMap((page) => page.items) ?? [];

/** The place as a change of the person tells it to the server. */
export function placeTold(column: readonly Client[], place: Place): Pick<ClientPatch, "after" | "before"> {
  if (place === "last") return { before: null };
  return { after: place.behind.findLast((id) => column.some((client) => client.id === id)) ?? null };
}

/** Moves people to a stage in everything that is cached: a list of another stage loses them, its neighbour gains them. In a
 *  column that is ordered by hand they take the place they are given; without one, those who come stand first. */
export function moveCached(cache: QueryClient, ids: string[], stage: Stage, place?: Place): void {
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
    else cache.setQueryData(key, withPeople(data, seen.get(boardOf(filter)) ?? [], stage, filter.sort, place));
  }
  patchCached<Client>(cache, keys.clients, ids, { stage });
}

/** A list with more people in it, each in its place as far as the list is loaded. */
function withPeople(data: Pages, people: Client[], stage: Stage, sort: Sort = "-created_at", place?: Place): Pages {
  const here = new Set(data.pages.flatMap((page) => page.items.map(({ id }) => id)));
  if (sort === "board" && place) return placed(data, people, stage, place);
  const more = new Map(people.filter(({ id }) => !here.has(id)).map((client) => [client.id, { ...client, stage }]));
  if (more.size === 0) return data;
  const [top, ...rest] = data.pages;
  if (!top) return data;
  const joined = [...more.values(), ...top.items];
  const items = sort === "board" ? joined : joined.toSorted((a, b) => compare(a, b, sort));
  const total = typeof top.total === "number" ? top.total + more.size : top.total;
  return { ...data, pages: [{ ...top, items, total }, ...rest] };
}

/** A column ordered by hand with people in their new place; one that stands behind all is seen once all are loaded. */
function placed(data: Pages, people: Client[], stage: Stage, place: Place): Pages {
  const moved = new Map(people.map((client) => [client.id, { ...client, stage }]));
  const all = data.pages.flatMap((page) => page.items);
  const rest = all.filter(({ id }) => !moved.has(id));
  const told = placeTold(rest, place).after;
  const at = place === "last" ? rest.length : rest.findIndex(({ id }) => id === told) + 1;
  const shown = place === "last" && data.pages.at(-1)?.next ? [] : [...moved.values()];
  const items = rest.toSpliced(at, 0, ...shown);
  const came = moved.size - (all.length - rest.length);
  const pages = data.pages.map((page, index) => ({
    ...page,
    items: index === 0 ? items : [],
    total: typeof page.total === "number" ? page.total + came : page.total,
  }));
  return { ...data, pages };
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
