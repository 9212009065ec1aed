import { type EmailCount, enums } from "@/api/types.gen";
import type { LetterStatus, LetterType } from "./api";

export interface TypeRow {
  type: LetterType;
  counts: Partial<Record<LetterStatus, number>>;
  all: number;
}

export interface Counted {
  /** Those that some letter has, in the order in which a letter gets there. */
  statuses: LetterStatus[];
  totals: Partial<Record<LetterStatus, number>>;
  all: number;
  rows: TypeRow[];
}

/** The counts of each type and status as a table with its sums. */
export function counted(items: readonly EmailCount[]): Counted {
  const totals: Counted["totals"] = {};
  const rows = new Map<LetterType, TypeRow>();
  let all = 0;
  for (const { email_type: type, status, count } of items) {
    const row = rows.get(type) ?? { type, counts: {}, all: 0 };
    rows.set(type, row);
    row.counts[status] = (row.counts[status] ?? 0) + count;
    row.all += count;
    totals[status] = (totals[status] ?? 0) + count;
    all += count;
  }
  const statuses = enums.EmailLog.status.filter((status) => totals[status]);
  return { statuses, totals, all, rows: [...rows.values()].sort((a, b) => b.all - a.all) };
}
