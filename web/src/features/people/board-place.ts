import type { Client } from "@/api/types.gen";
import { first, type Place } from "./moving";

export const steps = ["first", "up", "down", "last"] as const;
export type Step = (typeof steps)[number];

const behind = (column: readonly Client[], count: number): Place => ({ behind: column.slice(0, Math.max(count, 0)).map(({ id }) => id) });

/** The place that a card has in its column. */
export const placeOf = (column: readonly Client[], id: string): Place => behind(column, column.findIndex((client) => client.id === id));

/** The place a step further; null where the card stands at the end already. `more`: whether the column goes on below. */
export function stepFrom(column: readonly Client[], id: string, step: Step, more = false): Place | null {
  const at = column.findIndex((client) => client.id === id);
  const end = at === column.length - 1;
  if (at < 0 || (step === "first" || step === "up" ? at === 0 : end && (step === "down" || !more))) return null;
  if (step === "first") return first;
  if (step === "last") return "last";
  const rest = column.filter((client) => client.id !== id);
  return behind(rest, step === "up" ? at - 1 : at + 1);
}

/** The place of a card that is let go before another one of the column, or behind all; null where it stands there already. */
export function dropAt(column: readonly Client[], id: string, before: string | null): Place | null {
  const at = column.findIndex((client) => client.id === id);
  const rest = column.filter((client) => client.id !== id);
  const target = before === null ? rest.length : rest.findIndex((client) => client.id === before);
  if (target < 0 || target === at) return null;
  return behind(rest, target);
}
