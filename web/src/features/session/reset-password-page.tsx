import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { fieldErrors } from "@/lib/form";
import { call, isApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { NewPassword } from "@/ui/new-password";
import { reasonOf } from "@/ui/reason";
import { Door, Refusal } from "./door";
import classes from "./login-page.module.css";

export function ResetPasswordPage() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: (value) => (value ? null : t("form.required")) },
  });
  const reset = async ({ password }: typeof form.values) => {
    setBusy(true);
    setError(null);
    try {
      const token = new URLSearchParams(search).get("token") ?? "";
      await call("reset_password", { body: { token, password } }, { anonymous: true });
      await navigate(`${paths.login}?reset`, { replace: true });
    } catch (reason) {
      const { token, ...fields } = fieldErrors(reason);
      form.setErrors(fields);
      if (token || isApiError(reason, 410)) setError(t("access.link_dead"));
      else if (Object.keys(fields).length === 0) setError(reasonOf(reason));
      setBusy(false);
    }
  };
  return (
    <Door title={t("access.reset_title")} lead={t("access.reset_lead")}>
      <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => void reset(values))}>
        <Refusal>{error}</Refusal>
        <NewPassword size="md" {...form.getInputProps("password")} value={form.values.password} />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t("access.reset_go")}
        </Button>
      </form>
      <p className={classes.links}>
        <Link to={paths.forgotPassword}>{t("access.forgot")}</Link>
      </p>
    </Door>
  );
}
