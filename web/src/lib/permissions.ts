import { roles } from "@/api/types.gen";
import type { OperationId } from "./http";
import { useSession } from "./session";

/** Whether somebody of this role may call an operation. */
export function may(role: string | undefined, operation: OperationId): boolean {
  const allowed = (roles as Partial<Record<OperationId, readonly string[]>>)[operation];
  return !allowed || (role !== undefined && allowed.includes(role));
}

/** Whether the one who is signed in may: what one never may is not shown. */
export const useMay = (operation: OperationId): boolean => may(useSession()?.role, operation);
