import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiKey, FailedJob, MadeApiKey, NewApiKey, SettingsPatch } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { removeCached } from "@/lib/query";
import { toast, toastError, undoable } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export const apiKeysOptions = queryOptions({
  queryKey: keys.apiKeys,
  queryFn: ({ signal }) => call("list_api_keys", {}, { signal }),
});

export const useMakeApiKey = (done: (key: MadeApiKey) => void) =>
  useAct({ run: (body: NewApiKey) => call("make_api_key", { body }), touches: [keys.apiKeys], done });

export const useRevokeApiKey = () =>
  useAct({
    run: (key: ApiKey) => call("revoke_api_key", { path: { id: key.id } }),
    touches: [keys.apiKeys],
    change: (client, key) => removeCached(client, keys.apiKeys, [key.id]),
    failed: (key) => t("api_keys.not_revoked", { name: key.name }),
    done: (_, key) => toast({ message: t("api_keys.revoked", { name: key.name }) }),
  });

/** The last ones; a heap of them has one cause. */
const mostJobs = 100;

export const deadJobsOptions = queryOptions({
  queryKey: keys.deadJobs,
  queryFn: ({ signal }) => call("list_jobs", { query: { state: "dead", limit: mostJobs } }, { signal }),
});

export const useRetryJob = () =>
  useAct({
    run: (job: FailedJob) => call("retry_job", { path: { id: job.id } }),
    touches: [keys.jobs],
    renews: [keys.tasks, keys.emails, keys.dashboard],
    change: (client, job) => removeCached(client, keys.jobs, [job.id]),
    failed: () => t("jobs.not_retried"),
    done: () => toast({ message: t("jobs.retried") }),
  });

/** How the installation is; the server looks every five minutes. */
export const statusOptions = queryOptions({
  queryKey: keys.status,
  queryFn: ({ signal }) => call("get_status", {}, { signal }),
  refetchInterval: 30_000,
  staleTime: 0,
});

/** Work that is given up for good leaves the list at once, and the server once it can't be taken back any more. */
export function useGiveUp(): { left: (job: FailedJob) => boolean; giveUp: (job: FailedJob) => void } {
  const client = useQueryClient();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const renew = () => client.invalidateQueries({ queryKey: keys.jobs });
  const giveUp = (job: FailedJob) => {
    setGone((before) => new Set(before).add(job.id));
    const back = () => setGone((before) => new Set([...before].filter((id) => id !== job.id)));
    const timer = setTimeout(() => {
      call("delete_job", { path: { id: job.id } })
        .catch((error: unknown) => {
          back();
          toastError(t("jobs.not_given_up"), error);
        })
        .finally(() => void renew());
    }, undoable);
    toast({
      message: t("jobs.given_up"),
      undo: () => {
        clearTimeout(timer);
        back();
      },
    });
  };
  return { left: ({ id }) => !gone.has(id), giveUp };
}

export const useSaveSettings = () =>
  useAct({
    run: (body: SettingsPatch) => call("update_settings", { body }, { ifMatch: true }),
    touches: [keys.settings],
    renews: [keys.session, keys.dashboard],
    done: () => toast({ message: t("office.saved") }),
  });
