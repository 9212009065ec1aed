import { queryOptions } from "@tanstack/react-query";
import type { AuditEntry } from "@/api/types.gen";
import { call } from "@/lib/http";
import { keys } from "@/lib/keys";
import { listOptions } from "@/lib/query";

export interface Filter {
  action?: string;
  actor_id?: string;
}

export const auditOptions = (filter: Filter) =>
  listOptions<AuditEntry>(keys.auditList(filter), (cursor, signal) =>
    call("list_audit", { query: { ...filter, limit: 50, cursor } }, { signal }),
  );

/** Those of the office, who may have done what is in the log. */
export const teamOptions = queryOptions({
  queryKey: keys.team,
  queryFn: ({ signal }) => call("list_team", {}, { signal }),
});

export const chainOptions = queryOptions({
  queryKey: keys.auditChain,
  queryFn: ({ signal }) => call("verify_audit", {}, { signal }),
});
