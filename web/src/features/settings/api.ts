import { queryOptions } from "@tanstack/react-query";
import type { ApiKey, FailedJob, MadeApiKey, NewApiKey, SettingsPatch } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
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

export const useSaveSettings = () =>
  useAct({
    run: (body: SettingsPatch) => call("update_settings", { body }, { ifMatch: true }),
    touches: [keys.settings],
    renews: [keys.session, keys.dashboard],
    done: () => toast({ message: t("office.saved") }),
  });
