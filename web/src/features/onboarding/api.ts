import { queryOptions } from "@tanstack/react-query";
import type { BrandAsset, OnboardingWizard } from "@/api/types.gen";
import { call, send } from "@/lib/http";
import { keys } from "@/lib/keys";

export type Step = OnboardingWizard["steps"][number]["key"];

/** The wizard's data: by the link of an invitation, or of the account that one is signed in to. */
export const wizardOptions = (token?: string) =>
  queryOptions<OnboardingWizard>({
    queryKey: keys.onboarding(token ?? "me"),
    queryFn: ({ signal }) =>
      token
        ? call("get_onboarding", { path: { token } }, { signal, anonymous: true })
        : call("get_own_onboarding", {}, { signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const saveStep = (token: string | undefined, step: Step, data: object): Promise<OnboardingWizard> => {
  const body = { step, data: data as Record<string, unknown> };
  return token
    ? call("save_onboarding_step", { path: { token }, body }, { anonymous: true })
    : call("save_own_onboarding_step", { body });
};

/** What is half filled in, to go on with on any device. The server drops whatever is called a password, and so do we. */
export async function saveDraft(token: string | undefined, draft: Draft): Promise<void> {
  const { password: _password, ...values } = draft.values;
  await putDraft(token, { ...draft, values });
}

/** The step that was half filled in is saved: nobody is to be led back to it. */
export const forgetDraft = (token: string | undefined): Promise<void> => putDraft(token, {});

async function putDraft(token: string | undefined, draft: object): Promise<void> {
  const body = { draft: draft as Record<string, unknown> };
  if (token) await call("save_onboarding_draft", { path: { token }, body }, { anonymous: true });
  else await call("save_own_onboarding_draft", { body });
}

export const activate = (token: string, displayName: string, password: string) =>
  call("activate_onboarding", { path: { token }, body: { display_name: displayName, password } }, { anonymous: true });

export const complete = (): Promise<OnboardingWizard> => call("complete_onboarding", {});

const assetsUrl = (token?: string) => `/api/onboarding/${token ? encodeURIComponent(token) : "me"}/brand-assets`;

export async function uploadAsset(token: string | undefined, kind: string, file: File): Promise<BrandAsset> {
  const form = new FormData();
  form.set("kind", kind);
  form.set("file", file);
  return (await send("POST", assetsUrl(token), form, { anonymous: Boolean(token) })) as BrandAsset;
}

export const removeAsset = (asset: BrandAsset) => send("DELETE", asset.url);

/** The step that was being filled in, and how far. */
export interface Draft {
  step: Step;
  values: Record<string, unknown>;
}

export function draftOf(wizard: OnboardingWizard): Draft | null {
  const draft = wizard.draft as Partial<Draft> | null;
  return draft?.step && draft.values ? (draft as Draft) : null;
}
