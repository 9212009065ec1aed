import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Client } from "@/api/types.gen";
import { call, isApiError } from "./http";
import { keys } from "./keys";

const half = 100;
/** The page that is open comes first. */
const startAfter = 4000;
const freshFor = 10 * 60_000;

/** The people that are readable without a network: the hundred newest, and the hundred who were contacted last. */
const keptPeopleOptions = queryOptions({
  queryKey: keys.keptPeople,
  queryFn: async ({ signal }) => {
    const newest = await call("list_clients", { query: { limit: half } }, { signal });
    const contacted = await call("list_clients", { query: { limit: half, sort: "-last_contacted" } }, { signal });
    return [...new Map([...newest.items, ...contacted.items].map((client) => [client.id, client])).values()];
  },
  staleTime: freshFor,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Loads them in the background, now and then. */
export function useKeptPeople(enabled: boolean): void {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), startAfter);
    return () => clearTimeout(timer);
  }, []);
  useQuery({ ...keptPeopleOptions, enabled: enabled && late, refetchInterval: freshFor });
}

/** What can be shown of the people although the server does not answer; nothing where it answered. */
export function usePeopleWithoutServer(error: unknown): Client[] | undefined {
  const client = useQueryClient();
  return isApiError(error, 0) ? peopleKept(client) : undefined;
}

const peopleKept = (client: QueryClient): Client[] | undefined => client.getQueryData(keys.keptPeople);

const plain = (text: string) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

/** The search of the list, done on the device. */
export function searchPeople(people: Client[], filter: { q?: string; stage?: string; tag?: string; assigned_to?: string; field?: string }): Client[] {
  const words = plain(filter.q ?? "").split(/\s+/).filter(Boolean);
  return people.filter((client) => {
    const text = plain([client.name, client.email, client.phone, client.property_address].join(" "));
    const matches = words.every((word) => text.includes(word));
    const [, key = "", value] = /^([^:]+):(.*)$/.exec(filter.field ?? "") ?? [];
    return (
      matches &&
      (!filter.stage || client.stage === filter.stage) &&
      (!filter.tag || client.tags.includes(filter.tag)) &&
      (!filter.assigned_to || client.assigned_to === filter.assigned_to) &&
      (!key || plain(String(client.custom_fields[key] ?? "")) === plain(value ?? ""))
    );
  });
}
