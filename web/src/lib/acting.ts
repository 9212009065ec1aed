/** The business that an agency's member acts in; of this tab alone, so that two tabs can work in two businesses. */
const storageKey = "doorstep-acting";

export const actingAccount = (): string | null =>
  typeof sessionStorage === "undefined" ? null : sessionStorage.getItem(storageKey);

/** Goes on in another account, or at home again. Everything is loaded anew: nothing of one account is left in the other. */
export function actIn(account: string | null, page: string): void {
  if (account) sessionStorage.setItem(storageKey, account);
  else sessionStorage.removeItem(storageKey);
  window.location.assign(page);
}

/** At the end of a session nobody acts anywhere. */
export const stopActing = (): void => sessionStorage.removeItem(storageKey);
