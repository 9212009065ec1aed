import { type DehydratedState, dehydrate, hydrate, type QueryClient } from "@tanstack/react-query";
import { actingAccount } from "./acting";
import { forget, keep, kept } from "./keep";

// What was loaded stays readable without a network: the latest answers are kept on the device until sign-out.
// Of one's own account only: what is seen while acting in a business is neither kept nor mixed with it.

const name = "queries";
const readable = new Set<unknown>(["session", "config", "clients", "kept-people", "timeline", "tasks", "today", "notes"]);
const most = 120;
const saveAfter = 2000;
/** A device whose store does not answer opens the console without it. */
const patience = 800;

interface Kept {
  state: DehydratedState;
}

/** Brings back what was kept; it counts as old, so that each page asks for it anew. */
export async function restoreQueries(client: QueryClient): Promise<void> {
  if (actingAccount()) return;
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), patience);
  });
  const found = (await Promise.race([kept(name), late])) as Kept | undefined;
  if (found) hydrate(client, found.state);
}

/** Keeps what is loaded from now on, some time after it came. */
export function keepQueries(client: QueryClient): void {
  if (actingAccount()) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    timer = undefined;
    const state = dehydrate(client, {
      shouldDehydrateQuery: ({ state: query, queryKey }) => query.status === "success" && readable.has(queryKey[0]),
      shouldDehydrateMutation: () => false,
    });
    state.queries = state.queries.toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt).slice(0, most);
    if (client.getQueryData(["session"])) void keep(name, { state } satisfies Kept);
  };
  client.getQueryCache().subscribe(({ type }) => {
    if (type === "updated") timer ??= setTimeout(save, saveAfter);
  });
}

/** Forgets what was kept: nothing of an account stays on a device after sign-out. */
export function forgetQueries(client: QueryClient): void {
  client.clear();
  void forget(name);
}
