import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Link } from "react-router";
import { fieldErrors } from "@/lib/form";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { reasonOf } from "@/ui/reason";
import { Door, Refusal } from "./door";
import classes from "./login-page.module.css";

export function ForgotPasswordPage() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email: "" },
    validate: { email: (value) => (value.trim() ? null : t("form.required")) },
  });
  const send = async ({ email }: typeof form.values) => {
    setBusy(true);
    setError(null);
    try {
      await call("forgot_password", { body: { email: email.trim() } }, { anonymous: true });
      setSentTo(email.trim());
    } catch (reason) {
      const fields = fieldErrors(reason);
      form.setErrors(fields);
      if (Object.keys(fields).length === 0) setError(reasonOf(reason));
    }
    setBusy(false);
  };
  if (sentTo) {
    return (
      <Door title={t("access.sent_title")} lead={t("access.forgot_sent", { email: sentTo })}>
        <p className={classes.links}>
          <Link to={paths.login}>{t("access.back")}</Link>
        </p>
      </Door>
    );
  }
  return (
    <Door title={t("access.forgot_title")} lead={t("access.forgot_lead")}>
      <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => void send(values))}>
        <Refusal>{error}</Refusal>
        <TextInput
          label={t("session.email")}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          size="md"
          {...form.getInputProps("email")}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t("access.forgot_go")}
        </Button>
      </form>
      <p className={classes.links}>
        <Link to={paths.login}>{t("access.back")}</Link>
      </p>
    </Door>
  );
}
