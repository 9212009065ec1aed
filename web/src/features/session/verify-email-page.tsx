import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { call, isApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { reasonOf } from "@/ui/reason";
import { Door, Refusal } from "./door";
import classes from "./login-page.module.css";

/** Where the letter leads. A click confirms, since mail scanners open every link too. */
export function VerifyEmailPage() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      const token = new URLSearchParams(search).get("token") ?? "";
      const { email } = await call("verify_email", { body: { token } }, { anonymous: true });
      await navigate(`${paths.login}?verified=${encodeURIComponent(email)}`, { replace: true });
    } catch (reason) {
      setError(isApiError(reason, 422) ? t("access.link_dead") : reasonOf(reason));
      setBusy(false);
    }
  };
  return (
    <Door title={t("access.verify_title")} lead={t("access.verify_lead")}>
      <div className={classes.form}>
        <Refusal>{error}</Refusal>
        <Button size="md" fullWidth loading={busy} onClick={() => void confirm()}>
          {t("access.verify")}
        </Button>
      </div>
      <p className={classes.links}>
        <Link to={paths.login}>{t("access.back")}</Link>
      </p>
    </Door>
  );
}
