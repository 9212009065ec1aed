import type { MfaRequired, SignedIn } from "@/api/types.gen";
import { ApiError, call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { reasonOf } from "@/ui/reason";

const anonymous = { anonymous: true };

export const asksForCode = (answer: SignedIn | MfaRequired): answer is MfaRequired => "requiresMfa" in answer;

export const signIn = (email: string, password: string) =>
  call("sign_in", { body: { email: email.trim(), password } }, anonymous);

export const verifyCode = (challengeId: string, code: string, trustDevice: boolean) =>
  call("verify_mfa", { body: { challengeId, code: code.trim(), trustDevice } }, anonymous);

export const resendCode = (challengeId: string) => call("resend_mfa", { body: { challengeId } }, anonymous);

/** Asks the browser for a passkey of this site, and signs in with it. */
export async function signInWithPasskey(): Promise<SignedIn> {
  const options = await call("passkey_login_options", {}, anonymous);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const body = credential.toJSON() as Parameters<typeof call<"passkey_login">>[1]["body"];
  return call("passkey_login", { body }, anonymous);
}

export const passkeysWork = (): boolean =>
  typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** What went wrong, in words that fit a sign-in. */
export function refusal(error: unknown): string {
  if (!(error instanceof ApiError)) return reasonOf(error);
  if (error.code === "wrong_code") return t("access.code_wrong");
  if (error.code === "email_not_verified") return t("access.unverified");
  if (error.status === 410) return t("access.code_over");
  if (error.status === 401) return t("session.wrong");
  if (error.code === "locked" || error.status === 423) {
    const minutes = Math.max(1, Math.ceil((error.retryAfter ?? 60) / 60));
    return t("session.locked", { count: minutes });
  }
  return reasonOf(error);
}
