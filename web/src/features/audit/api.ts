import { queryOptions } from "@tanstack/react-query";
import type { AuditEntry } from "@/api/types.gen";
import { call } from "@/lib/http";
import { keys } from "@/lib/keys";
import { listOptions } from "@/lib/query";

export const auditOptions = (filter: { action?: string }) =>
  listOptions<AuditEntry>(keys.auditList(filter), (cursor, signal) =>
    call("list_audit", { query: { ...filter, limit: 50, cursor } }, { signal }),
  );

export const chainOptions = queryOptions({
  queryKey: keys.auditChain,
  queryFn: ({ signal }) => call("verify_audit", {}, { signal }),
});
