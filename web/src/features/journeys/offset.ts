import { t } from "@/lib/i18n";

// When a step comes, as people say it: the server counts in minutes.

export const units = ["hours", "days", "weeks"] as const;
export type Unit = (typeof units)[number];

const minutes: Record<Unit, number> = { hours: 60, days: 24 * 60, weeks: 7 * 24 * 60 };

export interface Offset {
  count: number;
  unit: Unit;
}

export const toMinutes = ({ count, unit }: Offset): number => Math.round(count * minutes[unit]);

/** In days where they are whole ones, else in hours. */
export function fromMinutes(total: number): Offset {
  const unit = total % minutes.days === 0 ? "days" : "hours";
  return { count: total / minutes[unit], unit };
}

/** "at once", "after 3 days". */
export function offsetWords(total: number): string {
  const { count, unit } = fromMinutes(total);
  return count === 0 ? t("plans.at_once") : t(unit === "hours" ? "plans.after_hours" : "plans.after_days", { count });
}
