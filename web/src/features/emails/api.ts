import { queryOptions, useMutation } from "@tanstack/react-query";
import type { CheckRequest, EmailDetail, EmailSummary, PreviewRequest, SendRequest } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import type { EmailStatus } from "@/lib/model";
import { listOptions } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export interface Filter {
  status?: EmailStatus;
  client_id?: string;
}

export const emailListOptions = (filter: Filter, limit = 50) =>
  listOptions<EmailSummary>(keys.emailList({ ...filter, limit }), (cursor, signal) =>
    call("list_emails", { query: { ...filter, limit, cursor } }, { signal }),
  );

export const emailOptions = (id: string) =>
  queryOptions({
    queryKey: keys.email(id),
    queryFn: ({ signal }) => call("get_email", { path: { id } }, { signal }),
  });

/** The tasks that an e-mail can be about: a person's pending ones. */
export const openTasksOptions = (clientId: string) =>
  queryOptions({
    queryKey: keys.taskList({ open: clientId }),
    queryFn: ({ signal }) =>
      call("list_tasks", { query: { client_id: clientId, status: "pending", sort: "scheduled_for", limit: 20 } }, { signal }),
  });

const after = [keys.tasks, keys.timelines, keys.clients, keys.dashboard];

/** Has a draft written; nothing is kept of it on the server. */
export const usePreview = () => useMutation({ mutationFn: (body: PreviewRequest) => call("preview_email", { body }) });

/** What to look at in the text as it stands, and how it will arrive. */
export const checkedOptions = (body: CheckRequest) =>
  queryOptions({
    queryKey: keys.emailChecked(body),
    queryFn: ({ signal }) => call("check_email", { body }, { signal }),
    enabled: body.body.trim() !== "",
    retry: false,
  });

/** How long a letter that a person sends can be taken back. */
export const undoSeconds = 15;

export const useCancelEmail = (done: (email: EmailDetail) => void) =>
  useAct({
    run: (id: string) => call("cancel_email", { path: { id } }),
    touches: [keys.emails],
    renews: after,
    failed: () => t("emails.not_cancelled"),
    done,
  });

export const useSend = (done: (email: EmailDetail) => void) =>
  useAct({
    run: (body: SendRequest) => call("send_email", { body }),
    touches: [keys.emails],
    renews: after,
    failed: () => t("emails.not_sent"),
    done,
  });

export const useRetryEmail = () =>
  useAct({
    run: (id: string) => call("retry_email", { path: { id } }),
    touches: [keys.emails],
    renews: after,
    failed: () => t("emails.not_retried"),
    done: () => toast({ message: t("emails.retried") }),
  });

export const useRetryEmails = () =>
  useAct({
    run: (ids: string[]) => call("retry_emails", { body: { ids } }),
    touches: [keys.emails],
    renews: after,
    failed: () => t("emails.not_retried"),
    done: ({ updated_count: count }) => toast({ message: t("emails.retried_many", { count }) }),
  });
