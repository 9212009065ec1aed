import { queryOptions } from "@tanstack/react-query";
import type { Device, Passkey, Session } from "@/api/types.gen";
import { fieldErrors } from "@/lib/form";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";
import { needsProof, withProof } from "./proof";

export const factorsOptions = queryOptions({
  queryKey: keys.factors,
  queryFn: ({ signal }) => call("get_factors", {}, { signal }),
});

export const sessionsOptions = queryOptions({
  queryKey: keys.sessions,
  queryFn: ({ signal }) => call("list_sessions", {}, { signal }),
});

export const devicesOptions = queryOptions({
  queryKey: keys.devices,
  queryFn: ({ signal }) => call("list_devices", {}, { signal }),
});

/** Whatever changes a factor ends other sessions and distrusts browsers. */
const everything = [keys.factors, keys.sessions, keys.devices];

/** Nothing is said to somebody who would not prove who they are. */
const failedUnlessLeft = (_: unknown, error: unknown) => (needsProof(error) ? null : t("security.failed"));

export const useChangePassword = (done: () => void) =>
  useAct({
    run: (body: { current_password: string; new_password: string }) => call("change_password", { body }),
    touches: [keys.sessions, keys.devices],
    done: () => {
      toast({ message: t("security.changed") });
      done();
    },
  });

/** What stands under the field already is not said again. */
const failedBeyondFields = (_: unknown, error: unknown) =>
  Object.keys(fieldErrors(error)).length > 0 ? null : failedUnlessLeft(_, error);

export const useChangeEmail = () =>
  useAct({
    run: (email: string) => withProof(() => call("change_email", { body: { email } })),
    touches: [],
    failed: failedBeyondFields,
  });

export const useStartTotp = () =>
  useAct({ run: () => withProof(() => call("start_totp", {})), touches: [], failed: failedUnlessLeft });

export const useConfirmTotp = () =>
  useAct({ run: (code: string) => call("confirm_totp", { body: { code } }), touches: everything });

export const useRemoveTotp = (done: () => void) =>
  useAct({
    run: (code: string) => call("remove_totp", { body: { code } }),
    touches: everything,
    done: () => {
      toast({ message: t("security.app_removed") });
      done();
    },
  });

export const useRenewCodes = () =>
  useAct({ run: (code: string) => call("renew_recovery_codes", { body: { code } }), touches: everything });

/** Has the browser make a passkey for this site, and keeps it. */
async function makePasskey(name: string): Promise<Passkey> {
  const options = await withProof(() => call("passkey_options", {}));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const made = credential.toJSON() as Parameters<typeof call<"add_passkey">>[1]["body"];
  return call("add_passkey", { body: { ...made, name } });
}

export const passkeysWork = (): boolean =>
  typeof PublicKeyCredential !== "undefined" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

export const useAddPasskey = () =>
  useAct({
    run: makePasskey,
    touches: everything,
    failed: failedUnlessLeft,
    done: () => toast({ message: t("security.passkey_added") }),
  });

export const useRemovePasskey = () =>
  useAct({
    run: (passkey: Passkey) => withProof(() => call("remove_passkey", { path: { id: passkey.id } })),
    touches: everything,
    failed: failedUnlessLeft,
    done: (_, passkey) => toast({ message: t("security.passkey_removed", { name: passkey.name }) }),
  });

export const useEndSession = () =>
  useAct({
    run: (session: Session) => call("end_session", { path: { id: session.id } }),
    touches: [keys.sessions],
    change: (client, session) => removeCached(client, keys.sessions, [session.id]),
    failed: () => t("security.failed"),
    done: () => toast({ message: t("security.session_ended") }),
  });

export const useForgetDevice = () =>
  useAct({
    run: (device: Device) => call("forget_device", { path: { id: device.id } }),
    touches: [keys.devices, keys.sessions],
    change: (client, device) => removeCached(client, keys.devices, [device.id]),
    failed: () => t("security.failed"),
    done: () => toast({ message: t("security.device_forgotten") }),
  });

export const useSignOutEverywhere = (done: () => void) =>
  useAct({ run: () => call("sign_out_everywhere", {}), touches: [], failed: () => t("security.failed"), done });
