import { call, isApiError } from "@/lib/http";

/** What can show whose session it is: the password, a code of the app, or nothing but another sign-in. */
export type Way = "password" | "code" | "sign_in";

interface Asked {
  way: Way;
  /** False: the person would rather not. */
  answer: (proved: boolean) => void;
}

let asked: Asked | null = null;
const listeners = new Set<() => void>();

const set = (next: Asked | null) => {
  asked = next;
  for (const listener of listeners) listener();
};

/** What the dialog shows. */
export const proofAsked = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: () => asked,
};

export const needsProof = (error: unknown): boolean => isApiError(error, 403) && error.code === "proof_needed";

const ask = (way: Way) =>
  new Promise<boolean>((resolve) =>
    set({
      way,
      answer: (proved) => {
        set(null);
        resolve(proved);
      },
    }),
  );

/** Does something that the server wants a fresh proof for, after asking for it where it is needed. */
export async function withProof<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!isApiError(error) || !needsProof(error)) throw error;
    const ways = String(error.problem.ways ?? "").split(" ");
    const way = (["password", "code"] as const).find((one) => ways.includes(one)) ?? "sign_in";
    if (!(await ask(way))) throw error;
    return run();
  }
}

export const prove = (way: Way, word: string) =>
  call("prove", { body: way === "code" ? { code: word.trim() } : { password: word } });
