import { queryOptions } from "@tanstack/react-query";
import type { Client, ClientPatch, NewClient } from "@/api/types.gen";
import { call, isApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { type Stage, stageLabel } from "@/lib/model";
import { listOptions, patchCached, removeCached } from "@/lib/query";
import { toast, toastError } from "@/ui/toast";
import { useAct } from "@/ui/use-act";
import { moveCached } from "./moving";

export const sorts = ["-created_at", "created_at", "name", "-name", "-last_contacted", "last_contacted"] as const;
/** "board" is the order that people were put in by hand; only a stage as a whole has it. */
export type Sort = (typeof sorts)[number] | "board";
export interface Filter {
  q?: string;
  stage?: Stage;
  tag?: string;
  /** Who looks after them. */
  assigned_to?: string;
  /** A field of the office's own with its value, as "key:value" or "key:from..to". */
  field?: string;
  sort?: Sort;
}

const pageSize = 50;

export const clientListOptions = (filter: Filter) =>
  listOptions<Client>(keys.clientList(filter), async (cursor, signal) => {
    const { sort, stage } = filter;
    if (sort !== "board") return call("list_clients", { query: { ...filter, sort, limit: pageSize, cursor } }, { signal });
    const { items, count, next } = await call("get_pipeline_stage", { path: { stage: stage ?? "lead" }, query: { limit: pageSize, cursor } }, { signal });
    return { items, total: count, next };
  });

export const clientOptions = (id: string) =>
  queryOptions({
    queryKey: keys.client(id),
    queryFn: ({ signal }) => call("get_client", { path: { id } }, { signal }),
  });

export const timelineOptions = (id: string) =>
  listOptions(keys.timeline(id), (cursor, signal) =>
    call("get_timeline", { path: { id }, query: { cursor, limit: 30 } }, { signal }),
  );

export const useCreateClient = (done: (client: Client) => void) =>
  useAct({
    run: ({ client, createTasks }: { client: NewClient; createTasks: boolean }) =>
      call("create_client", { body: client, query: createTasks ? {} : { create_tasks: false } }),
    touches: [keys.clients],
    renews: [keys.tasks, keys.dashboard],
    done,
  });

/** Somebody else changed the very fact that is being changed here. */
class Conflict extends Error {
  readonly current: Client;
  constructor(current: Client) {
    super(t("people.conflict"));
    this.current = current;
  }
}

interface ClientChange {
  /** The person as they were on the page when the change was made. */
  seen: Client;
  patch: ClientPatch;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** A change made on the read of `seen`. If something else about the person changed meanwhile it goes through; if the
 *  same fact did, nobody's words are lost without being asked. */
async function changeClient({ seen, patch }: ClientChange): Promise<Client> {
  const path = { id: seen.id };
  try {
    return await call("update_client", { path, body: patch }, { ifMatch: true });
  } catch (error) {
    if (!isApiError(error, 412)) throw error;
  }
  const current = await call("get_client", { path });
  const untouched = (Object.keys(patch) as (keyof ClientPatch & keyof Client)[]).every((key) => same(current[key], seen[key]));
  if (!untouched) throw new Conflict(current);
  return call("update_client", { path, body: patch }, { ifMatch: true });
}

export function useChangeClient() {
  const act = useAct<ClientChange, Client>({
    run: changeClient,
    touches: [keys.clients],
    renews: [keys.timelines, keys.tasks, keys.dashboard],
    change: (client, { seen, patch }) => patchCached(client, keys.clients, [seen.id], patch as Partial<Client>),
    failed: (vars, error) => {
      if (!(error instanceof Conflict)) return t("people.not_changed", { name: vars.seen.name });
      const keepMine = () => act.mutate({ seen: error.current, patch: vars.patch });
      toast({
        message: t("people.conflict_title", { name: vars.seen.name }),
        detail: t("people.conflict"),
        tone: "bad",
        action: { label: t("people.keep_mine"), run: keepMine },
      });
      return null;
    },
  });
  return act;
}

/** Moves people to a stage; taken back by moving each to where they were. */
export function useMoveClients() {
  const act = useAct({
    run: ({ clients, stage }: { clients: Client[]; stage: Stage }) =>
      call("move_clients", { body: { ids: clients.map(({ id }) => id), stage } }),
    touches: [keys.clients],
    renews: [keys.timelines, keys.tasks, keys.dashboard],
    change: (client, { clients, stage }) => moveCached(client, clients.map(({ id }) => id), stage),
    failed: () => t("people.not_moved"),
    done: ({ updated_count, failed_ids }, { clients, stage }) => {
      const before = Map.groupBy(clients, (client) => client.stage);
      toast({
        message: t("people.moved", { count: updated_count, stage: stageLabel(stage) }),
        detail: failed_ids.length ? t("people.some_failed", { count: failed_ids.length }) : undefined,
        undo: () => before.forEach((group, previous) => act.mutate({ clients: group, stage: previous })),
      });
    },
  });
  return act;
}

/** Deletes people, and offers to have them back. */
export function useDeleteClients() {
  const restore = useAct({
    run: ({ ids }: { ids: string[] }) => call("restore_clients", { body: { ids } }),
    touches: [keys.clients],
    renews: [keys.tasks, keys.dashboard],
    failed: () => t("people.not_restored"),
    done: ({ updated_count }) => toast({ message: t("people.restored", { count: updated_count }) }),
  });
  return useAct({
    run: ({ clients }: { clients: Client[] }) => call("delete_clients", { body: { ids: clients.map(({ id }) => id) } }),
    touches: [keys.clients],
    renews: [keys.tasks, keys.dashboard],
    change: (client, { clients }) => removeCached(client, ["clients", "list"], clients.map(({ id }) => id)),
    failed: () => t("people.not_deleted"),
    done: ({ deleted_count, failed_ids }, { clients }) => {
      const failed = new Set(failed_ids);
      const ids = clients.map(({ id }) => id).filter((id) => !failed.has(id));
      const [only] = clients;
      toast({
        message:
          clients.length === 1 && only ? t("people.deleted_one", { name: only.name }) : t("people.deleted", { count: deleted_count }),
        undo: ids.length ? () => restore.mutate({ ids }) : undefined,
      });
      if (failed.size) toastError(t("people.some_failed", { count: failed.size }), new Error());
    },
  });
}
