import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Link, useLocation } from "react-router";
import type { MfaRequired, SignedIn } from "@/api/types.gen";
import { call, isApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { nextAfterLogin, paths } from "@/lib/paths";
import { useConfig } from "@/lib/session";
import { Glyph } from "@/ui/icons";
import { passkeysWork, refusal, signIn, signInWithPasskey } from "./api";
import { Notice, Refusal } from "./door";
import classes from "./login-page.module.css";

interface Props {
  notice?: string;
  problem?: string | null;
  onAnswer: (answer: SignedIn | MfaRequired) => Promise<void>;
}

const required = (value: string) => (value.trim() ? null : t("form.required"));

export function PasswordStep({ notice, problem, onAnswer }: Props) {
  const { search } = useLocation();
  const google = useConfig()?.google ?? false;
  const [said, setSaid] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(problem ?? null);
  const [unverified, setUnverified] = useState(false);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email: new URLSearchParams(search).get("verified") ?? "", password: "" },
    validate: { email: required, password: required },
  });

  const attempt = async (run: () => Promise<SignedIn | MfaRequired>, words: (reason: unknown) => string) => {
    setBusy(true);
    setError(null);
    setSaid(null);
    try {
      await onAnswer(await run());
    } catch (reason) {
      setUnverified(isApiError(reason) && reason.code === "email_not_verified");
      setError(words(reason));
    }
    setBusy(false);
  };
  const resend = async () => {
    await call("resend_verification", { body: { email: form.getValues().email.trim() } }, { anonymous: true });
    setError(null);
    setUnverified(false);
    setSaid(t("access.resent"));
  };

  return (
    <>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.onSubmit(({ email, password }) => void attempt(() => signIn(email, password), refusal))}
      >
        <Notice>{said ?? notice}</Notice>
        <Refusal>{error}</Refusal>
        {unverified && (
          <Button variant="default" onClick={() => void resend()}>
            {t("access.resend")}
          </Button>
        )}
        <TextInput
          label={t("session.email")}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          // The one thing to do on this page.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          size="md"
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label={t("session.password")}
          autoComplete="current-password"
          size="md"
          visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
          {...form.getInputProps("password")}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t("session.sign_in")}
        </Button>
        {google && (
          <Button
            component="a"
            href={`/api/auth/google?next=${encodeURIComponent(nextAfterLogin(search))}`}
            variant="default"
            size="md"
            fullWidth
          >
            {t("access.google")}
          </Button>
        )}
        {passkeysWork() && (
          <Button
            variant="default"
            size="md"
            fullWidth
            leftSection={<Glyph name="apiKey" />}
            onClick={() => void attempt(signInWithPasskey, () => t("access.passkey_failed"))}
          >
            {t("access.passkey")}
          </Button>
        )}
      </form>
      <p className={classes.links}>
        <Link to={paths.forgotPassword}>{t("access.forgot")}</Link>
        <span>
          {t("access.no_account")} <Link to={paths.signUp}>{t("access.sign_up")}</Link>
        </span>
      </p>
    </>
  );
}
