import { rules } from "@/api/types.gen";
import { ApiError } from "./http";
import { t } from "./i18n";

interface Rule {
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
}

/** Says what is wrong with a value, by a rule of the API's document; null when nothing is. */
export function check(rule: Rule, value: unknown): string | null {
  const text = typeof value === "string" ? value.trim() : value;
  if (text === "" || text === null || text === undefined) return rule.required ? t("form.required") : null;
  if (typeof text !== "string") return null;
  if (rule.minLength && text.length < rule.minLength) return t("form.too_short", { min: rule.minLength });
  if (rule.maxLength && [...text].length > rule.maxLength) return t("form.too_long", { max: rule.maxLength });
  if (rule.format === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return t("form.email");
  return null;
}

/** Validators for @mantine/form from the rules of a request body: `validate: validators("NewClient")`. */
export function validators(name: keyof typeof rules): Record<string, (value: unknown) => string | null> {
  const fields: Record<string, Rule> = rules[name];
  return Object.fromEntries(Object.entries(fields).map(([field, rule]) => [field, (value) => check(rule, value)]));
}

/** The most characters a field may have, for counters. */
export const maxLength = (name: keyof typeof rules, field: string): number | undefined =>
  (rules[name] as Record<string, Rule>)[field]?.maxLength;

/** What the server said about each field, for form.setErrors(). */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.fields.map(({ field, message }) => [field, sentence(message)]));
}

/** The server writes "must be an e-mail address" after the field's name; alone it starts with a capital. */
const sentence = (message: string): string => message.charAt(0).toLocaleUpperCase() + message.slice(1);
