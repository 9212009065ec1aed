import { useState } from "react";

/** An e-mail that is being written; it survives a reload. */
export interface Draft {
  subject: string;
  body: string;
  instructions: string;
  task: string;
  /** The e-mail that came in which this one answers, or "". */
  answers: string;
}

const nothing: Draft = { subject: "", body: "", instructions: "", task: "", answers: "" };
const keyOf = (clientId: string) => `doorstep-draft-${clientId}`;

function load(clientId: string): Draft {
  try {
    return { ...nothing, ...(JSON.parse(sessionStorage.getItem(keyOf(clientId)) ?? "{}") as Partial<Draft>) };
  } catch {
    return nothing;
  }
}

export const clearDraft = (clientId: string): void => sessionStorage.removeItem(keyOf(clientId));

export const keepDraft = (clientId: string, draft: Draft): void => sessionStorage.setItem(keyOf(clientId), JSON.stringify(draft));

/** "Re: " before a subject that has none. */
export const answerTo = (subject: string): string => (/^\s*re\s*:/i.test(subject) ? subject.trim() : `Re: ${subject.trim()}`).slice(0, 200);

export function useDraft(clientId: string, answers: string | null): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => ({ ...load(clientId), ...(answers ? { answers } : {}) }));
  const change = (part: Partial<Draft>) =>
    setDraft((before) => {
      const next = { ...before, ...part };
      keepDraft(clientId, next);
      return next;
    });
  return [draft, change];
}
