import { queryOptions, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { BulkFilter, BulkJob, Client, NewBulkJob } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { stageLabel } from "@/lib/model";
import { changeCached, patchCached, removeCached } from "@/lib/query";
import { toast, toastError } from "@/ui/toast";
import { useAct } from "@/ui/use-act";
import { moveCached } from "./moving";

const lookAgain = 700;
const touches = [keys.clients];
const renews = [keys.timelines, keys.tasks, keys.tags, keys.trash, keys.dashboard];

export const isRunning = (job: BulkJob): boolean => job.state === "running" || job.state === "undoing";

export const bulkJobOptions = (id: string) =>
  queryOptions({
    queryKey: keys.bulkJob(id),
    queryFn: ({ signal }) => call("get_bulk_job", { path: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data && !isRunning(state.data) ? false : lookAgain),
  });

/** The latest changes of many people; looked at again while one of them runs. */
export const bulkJobsOptions = queryOptions({
  queryKey: keys.bulkJobs,
  queryFn: ({ signal }) => call("list_bulk_jobs", {}, { signal }),
  staleTime: 0,
  refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? lookAgain : false),
});

/** Whom a change is for: those who were chosen, or all who match. */
export type Whom = { people: Client[] } | { filter: BulkFilter; total: number };

export type Change = Pick<NewBulkJob, "action" | "stage" | "tag" | "assigned_to">;

export interface Order {
  change: Change;
  whom: Whom;
  /** Whose they become, by name. */
  assignee?: string;
}

const addressed = (whom: Whom) => ("people" in whom ? { ids: whom.people.map(({ id }) => id) } : { filter: whom.filter });

/** Shows at once what a change does to the people that are on the page. */
function foresee(cache: QueryClient, { change, whom }: Order): void {
  if (!("people" in whom)) return;
  const ids = whom.people.map(({ id }) => id);
  const { tag } = change;
  if (change.action === "assign") patchCached<Client>(cache, keys.clients, ids, { assigned_to: change.assigned_to ?? null });
  if (change.action === "stage" && change.stage) moveCached(cache, ids, change.stage);
  if (change.action === "delete") removeCached(cache, ["clients", "list"], ids);
  if (!tag) return;
  changeCached(cache, keys.clients, ids, (entity) => {
    const client = entity as Client;
    const rest = client.tags.filter((other) => other !== tag);
    return { ...client, tags: change.action === "add_tag" ? [...rest, tag] : rest } as Client;
  });
}

/** What a finished change did, in words. */
export function told(job: BulkJob, { change, whom, assignee }: Order): string {
  const count = job.done;
  if (change.action === "assign") return assignee ? t("bulk.assigned", { count, name: assignee }) : t("bulk.unassigned", { count });
  const [only] = "people" in whom && whom.people.length === 1 ? whom.people : [];
  if (change.action === "stage" && change.stage) return t("people.moved", { count, stage: stageLabel(change.stage) });
  if (change.action === "add_tag" && change.tag) return t("bulk.tagged", { count, tag: change.tag });
  if (change.action === "remove_tag" && change.tag) return t("bulk.untagged", { count, tag: change.tag });
  return only && count === 1 ? t("people.deleted_one", { name: only.name }) : t("people.deleted", { count });
}

/** Takes a whole change back; what takes long is handed to `follow`. */
export function useUndoBulk(follow: (job: BulkJob) => void) {
  const cache = useQueryClient();
  return useAct({
    run: (job: BulkJob) => call("undo_bulk_job", { path: { id: job.id } }),
    touches,
    renews,
    failed: () => t("bulk.not_undone"),
    done: (job, before) => {
      // Who looks at the finished change sees it run backwards from here.
      cache.setQueryData(keys.bulkJob(job.id), job);
      if (isRunning(job)) return follow(job);
      const count = before.done - job.failed;
      toast({ message: t(job.action === "delete" ? "people.restored" : "bulk.undone", { count }) });
      if (job.failed > 0) follow(job);
      return undefined;
    },
  });
}

/** Changes many people: a few are done when the answer comes, many go on by themselves and are handed to `follow`. */
export function useBulk(follow: (job: BulkJob, order: Order) => void) {
  const undo = useUndoBulk((job) => follow(job, { change: { action: job.action }, whom: { filter: {}, total: job.total } }));
  return useAct({
    run: ({ change, whom }: Order) => call("start_bulk", { body: { ...change, ...addressed(whom) } }),
    touches,
    renews,
    change: foresee,
    failed: () => t("bulk.not_started"),
    done: (job, order) => {
      if (isRunning(job)) return follow(job, order);
      if (job.done > 0) toast({ message: told(job, order), undo: () => undo.mutate(job) });
      else toastError(t("bulk.nothing"), new Error());
      if (job.failed > 0) follow(job, order);
      return undefined;
    },
  });
}

/** Renews what a change that went on by itself has touched. */
export function useRenewPeople(): () => void {
  const cache = useQueryClient();
  return useCallback(() => {
    for (const queryKey of [...touches, ...renews]) void cache.invalidateQueries({ queryKey });
  }, [cache]);
}
