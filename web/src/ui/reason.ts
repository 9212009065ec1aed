import { ApiError } from "@/lib/http";
import { t, translate } from "@/lib/i18n";
import { label } from "@/lib/model";

/** Why something did not work, in a sentence for people. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return t("error.unknown");
  if (error.unreachable) return t("error.unreachable");
  const known = translate(`problem.${error.code}`);
  if (known && !error.fields.length) return known;
  if (error.fields.length) return error.fields.map(({ field, message }) => sentence(`${label("field", field)} ${message}`)).join(" ");
  if (error.status >= 500) return t("error.server");
  return error.message;
}

const sentence = (words: string): string => `${words.charAt(0).toLocaleUpperCase()}${words.slice(1)}.`;

export const requestIdOf = (error: unknown): string | null => (error instanceof ApiError ? error.requestId : null);
