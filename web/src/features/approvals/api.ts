import type { Approval } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { listOptions, removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export const approvalListOptions = listOptions<Approval>(keys.approvals, (cursor, signal) =>
  call("list_approvals", { query: { limit: 20, cursor } }, { signal }),
);

const after = [keys.tasks, keys.timelines, keys.emails, keys.journeys, keys.dashboard];

/** The words as they stand in the form, where they were changed. */
export interface Words {
  subject: string;
  body: string;
}

/** What a person does with a draft that waits. */
export function useApprovalActs() {
  const back = useAct({
    run: ({ id, patch }: { id: string; patch: { mode: "approve" } | { status: "pending" } }) =>
      call("update_task", { path: { id }, body: patch }),
    touches: [keys.approvals],
    renews: after,
    failed: () => t("approvals.not_undone"),
  });
  const approve = useAct({
    run: async ({ approval, words }: { approval: Approval; words?: Words }) => {
      if (words) await call("edit_approval", { path: { id: approval.id }, body: words });
      return call("approve", { path: { id: approval.id } });
    },
    touches: [keys.approvals],
    renews: after,
    change: (client, { approval }) => removeCached(client, keys.approvals, [approval.id]),
    failed: ({ approval }) => t("approvals.not_approved", { name: approval.client_name }),
    done: (_, { approval }) =>
      toast({
        message: t("approvals.approved", { name: approval.client_name }),
        undo: () => back.mutate({ id: approval.id, patch: { mode: "approve" } }),
      }),
  });
  const reject = useAct({
    run: (approval: Approval) => call("reject", { path: { id: approval.id }, body: {} }),
    touches: [keys.approvals],
    renews: after,
    change: (client, approval) => removeCached(client, keys.approvals, [approval.id]),
    failed: (approval) => t("approvals.not_rejected", { name: approval.client_name }),
    done: (_, approval) =>
      toast({
        message: t("approvals.rejected", { name: approval.client_name }),
        undo: () => back.mutate({ id: approval.id, patch: { status: "pending" } }),
      }),
  });
  const rewrite = useAct({
    run: ({ approval, instructions }: { approval: Approval; instructions: string }) =>
      call("rewrite_approval", { path: { id: approval.id }, body: { agent_instructions: instructions || null } }),
    touches: [keys.approvals],
    failed: () => t("emails.not_written"),
  });
  return { approve, reject, rewrite };
}

export type ApprovalActs = ReturnType<typeof useApprovalActs>;
