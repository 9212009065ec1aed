import type { Settings, Template } from "@/api/types.gen";

/** What every person's record has; anything else may be missing. */
const optional = ["phone"] as const;

/** The variables of a letter that have no words for when they are empty. */
export function needed({ subject, body }: Pick<Template, "subject" | "body">): string[] {
  const places = [...`${subject} ${body}`.matchAll(/\{\{([^{}|]*)\}\}/g)].map(([, name = ""]) => name.trim());
  return [...new Set(places)];
}

export type Doubt =
  | { kind: "language"; language: Template["language"]; office: Template["language"] }
  | { kind: "office_lacks" | "some_lack"; variables: string[] };

/** Why a letter may not serve a step: another language than the office's; something that the office has not set (`missing`,
 *  as the filled letter tells) or that some people have not. In those cases Doorstep writes the letter itself. */
export function doubtsOf(letter: Template, office: Pick<Settings, "language"> | undefined, missing: readonly string[] = []): Doubt[] {
  const lacking = needed(letter).filter((name) => (optional as readonly string[]).includes(name));
  return [
    ...(office && office.language !== letter.language ? [{ kind: "language" as const, language: letter.language, office: office.language }] : []),
    ...(missing.length ? [{ kind: "office_lacks" as const, variables: [...missing] }] : []),
    ...(lacking.length ? [{ kind: "some_lack" as const, variables: lacking }] : []),
  ];
}
