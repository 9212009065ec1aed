import { Button, Group, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { Link } from "react-router";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { reasonOf } from "@/ui/reason";
import { proofAsked, prove, type Way } from "./proof";

/** Asks once more who it is, before the way into the account is changed. */
export function ProofDialog() {
  const asked = useSyncExternalStore(proofAsked.subscribe, proofAsked.get);
  return (
    <Modal
      opened={asked !== null}
      onClose={() => asked?.answer(false)}
      title={t("security.proof")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {asked && <ProofForm way={asked.way} answer={asked.answer} />}
    </Modal>
  );
}

function ProofForm({ way, answer }: { way: Way; answer: (proved: boolean) => void }) {
  const [word, setWord] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      await prove(way, word);
      answer(true);
    } catch (reason) {
      const fields = fieldErrors(reason);
      setError(fields.password ?? fields.code ?? reasonOf(reason));
      setBusy(false);
    }
  };
  const field = { "data-autofocus": true, value: word, error };
  const cancel = (
    <Button variant="default" onClick={() => answer(false)}>
      {t("action.cancel")}
    </Button>
  );
  if (way === "sign_in") {
    return (
      <Stack gap="md">
        <p>{t("security.proof_sign_in")}</p>
        <Group justify="flex-end" gap="xs">
          {cancel}
          <Button component={Link} to={paths.login} onClick={() => answer(false)}>
            {t("session.sign_in")}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <p>{t("security.proof_lead")}</p>
        {way === "password" ? (
          <PasswordInput
            label={t("security.current")}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
            onChange={(event) => setWord(event.currentTarget.value)}
            {...field}
          />
        ) : (
          <TextInput
            label={t("security.code_or_recovery")}
            autoComplete="one-time-code"
            onChange={(event) => setWord(event.currentTarget.value)}
            {...field}
          />
        )}
        <Group justify="flex-end" gap="xs">
          {cancel}
          <Button type="submit" loading={busy} disabled={word.trim() === ""}>
            {t("security.proof_go_on")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
