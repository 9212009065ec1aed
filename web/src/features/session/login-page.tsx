import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { ApiError, call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { nextAfterLogin } from "@/lib/paths";
import { BrandMark } from "@/ui/brand";
import { reasonOf } from "@/ui/reason";
import { LanguageSwitch } from "@/ui/language-switch";
import classes from "./login-page.module.css";

/** What went wrong, in words that fit a sign-in. */
function refusal(error: unknown): string {
  if (!(error instanceof ApiError)) return reasonOf(error);
  if (error.status === 401) return t("session.wrong");
  if (error.status === 423 || error.status === 429) {
    const minutes = Math.max(1, Math.ceil((error.retryAfter ?? 60) / 60));
    return t("session.locked", { count: minutes });
  }
  return reasonOf(error);
}

const required = (value: string) => (value.trim() ? null : t("form.required"));

export function LoginPage() {
  const navigate = useNavigate();
  const { search } = useLocation();
  const client = useQueryClient();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({ initialValues: { email: "", password: "" }, validate: { email: required, password: required } });
  useEffect(() => {
    document.title = t("app.window_title", { page: t("session.sign_in") });
  }, []);

  const signIn = async ({ email, password }: typeof form.values) => {
    setBusy(true);
    setError(null);
    try {
      await call("sign_in", { body: { email: email.trim(), password } }, { anonymous: true });
      client.removeQueries({ queryKey: keys.session });
      await navigate(nextAfterLogin(search), { replace: true });
    } catch (reason) {
      setError(refusal(reason));
      setBusy(false);
    }
  };

  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <BrandMark size={40} />
          <h1>{t("session.title")}</h1>
          <p>{t("session.lead")}</p>
        </div>
        <form className={classes.form} onSubmit={form.onSubmit((values) => void signIn(values))} noValidate>
          {error && (
            <p role="alert" className={classes.error}>
              {error}
            </p>
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
        </form>
      </div>
      <LanguageSwitch />
    </main>
  );
}
