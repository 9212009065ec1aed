import type { CustomField } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { faultOf, shownOf, valueOf } from "./field-values";

/** What a list is filtered by, as the form for it holds it: one value, or two ends of which one may be empty. */
export interface FieldFilter {
  value: string;
  from: string;
  to: string;
}

/** Numbers and days are sought between two of them, all else by its value. */
export const isSpan = (field: CustomField): boolean => field.type === "number" || field.type === "date";

/** A filter as the address has it: "key:value" or "key:from..to". Undefined where there is nothing to filter by. */
export function filterText(field: CustomField, { value, from, to }: FieldFilter): string | undefined {
  if (isSpan(field)) return from || to ? `${field.key}:${from}..${to}` : undefined;
  return value.trim() ? `${field.key}:${value.trim()}` : undefined;
}

/** What is wrong with the two ends of a span, the first of them first. */
export function spanFaults(field: CustomField, { from, to }: FieldFilter): [string | null, string | null] {
  const faults: [string | null, string | null] = [faultOf(field, from), faultOf(field, to)];
  if (!from || !to || faults[0] || faults[1]) return faults;
  const upsideDown = field.type === "number" ? Number(from) > Number(to) : from > to;
  return upsideDown ? [null, t("people.field_span")] : faults;
}

const shown = (field: CustomField, text: string) => shownOf(field, valueOf(field, text));

function spanWords(field: CustomField, from: string, to: string): string {
  if (!from) return t("people.field_up_to", { to: shown(field, to) });
  if (!to) return t("people.field_from", { from: shown(field, from) });
  return t("people.field_between", { from: shown(field, from), to: shown(field, to) });
}

/** A filter as people read it. */
export function filterWords(filter: string, fields: CustomField[]): string {
  const key = filter.slice(0, filter.indexOf(":"));
  const value = filter.slice(key.length + 1);
  const field = fields.find((one) => one.key === key);
  if (!field) return `${key}: ${value}`;
  const dots = value.indexOf("..");
  const span = isSpan(field) && dots >= 0;
  return `${field.label}: ${span ? spanWords(field, value.slice(0, dots), value.slice(dots + 2)) : shown(field, value)}`;
}
