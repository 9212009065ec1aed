import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Link } from "react-router";
import { fieldErrors } from "@/lib/form";
import { viewerZone } from "@/lib/format";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { NewPassword } from "@/ui/new-password";
import { reasonOf } from "@/ui/reason";
import { Door, Refusal } from "./door";
import classes from "./login-page.module.css";

const required = (value: string) => (value.trim() ? null : t("form.required"));

export function SignUpPage() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { name: "", email: "", password: "", account_name: "" },
    validate: { name: required, email: required, password: required },
  });
  const signUp = async ({ account_name, ...values }: typeof form.values) => {
    setBusy(true);
    setError(null);
    try {
      const office = account_name.trim() ? { account_name } : {};
      const taken = await call("sign_up", { body: { ...values, ...office, zone: viewerZone() } }, { anonymous: true });
      setSentTo(taken.email);
    } catch (reason) {
      const fields = fieldErrors(reason);
      form.setErrors(fields);
      if (Object.keys(fields).length === 0) setError(reasonOf(reason));
    }
    setBusy(false);
  };

  if (sentTo) return <Door title={t("access.sent_title")} lead={t("access.sent", { email: sentTo })} />;
  return (
    <Door title={t("access.sign_up_title")} lead={t("access.sign_up_lead")}>
      <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => void signUp(values))}>
        <Refusal>{error}</Refusal>
        <TextInput label={t("access.name")} autoComplete="name" size="md" {...form.getInputProps("name")} />
        <TextInput
          label={t("session.email")}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          size="md"
          {...form.getInputProps("email")}
        />
        <NewPassword size="md" {...form.getInputProps("password")} value={form.values.password} />
        <TextInput
          label={t("access.account_name")}
          description={t("access.account_name_hint")}
          autoComplete="organization"
          size="md"
          {...form.getInputProps("account_name")}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t("access.sign_up")}
        </Button>
      </form>
      <p className={classes.links}>
        <span>
          {t("access.has_account")} <Link to={paths.login}>{t("session.sign_in")}</Link>
        </span>
      </p>
    </Door>
  );
}
