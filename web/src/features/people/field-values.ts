import { queryOptions } from "@tanstack/react-query";
import type { CustomField } from "@/api/types.gen";
import { formatDate, formatPlain } from "@/lib/format";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";

/** The fields that the office adds to its people, in their order. */
export const customFieldsOptions = queryOptions({
  queryKey: keys.customFields,
  queryFn: ({ signal }) => call("list_custom_fields", {}, { signal }),
});

/** A value as its editor takes it. */
export const textOf = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** A value as people read it. */
export function shownOf(field: CustomField, value: unknown): string {
  if (field.type === "boolean" && typeof value === "boolean") return t(value ? "people.yes" : "people.no");
  if (field.type === "number" && typeof value === "number") return formatPlain(value);
  if (field.type === "date" && typeof value === "string") return formatDate(`${value}T00:00:00Z`, "UTC");
  return textOf(value);
}

/** What was typed, as the value that the field's type wants. */
export function valueOf(field: CustomField, text: string): unknown {
  if (field.type === "number") return Number(text);
  if (field.type === "boolean") return text === "true";
  return text;
}

/** What is wrong with a text for a field, before the server says so. */
export function faultOf(field: CustomField, text: string): string | null {
  if (field.type === "number" && text && !Number.isFinite(Number(text))) return t("people.field_number");
  if (field.type === "url" && text && !/^https?:\/\/\S+$/i.test(text)) return t("people.field_url");
  return null;
}

/** What can be chosen, of a field with choices. */
export function optionsOf(field: CustomField) {
  const none = { value: "", label: t("people.field_none") };
  if (field.type === "boolean") return [none, { value: "true", label: t("people.yes") }, { value: "false", label: t("people.no") }];
  if (field.type === "choice") return [none, ...field.choices.map((choice) => ({ value: choice, label: choice }))];
  return undefined;
}
