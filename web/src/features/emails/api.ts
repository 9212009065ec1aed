import { queryOptions, useMutation } from "@tanstack/react-query";
import type { EmailDetail, EmailSummary, PreviewRequest, SendRequest } from "@/api/types.gen";
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
