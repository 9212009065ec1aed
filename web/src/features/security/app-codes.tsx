import { Button } from "@mantine/core";
import { useState } from "react";
import type { Factors, TotpStarted } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Section } from "@/ui/section";
import { useConfirmTotp, useRemoveTotp, useRenewCodes, useStartTotp } from "./api";
import { CodeForm } from "./code-form";
import { RecoveryCodes } from "./recovery-codes";
import classes from "./security.module.css";

type Step = "rest" | "remove" | "renew";

/** The authenticator app: set up by a QR code, confirmed by its first code. */
export function AppCodes({ factors }: { factors: Factors }) {
  const [started, setStarted] = useState<TotpStarted | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [step, setStep] = useState<Step>("rest");
  const start = useStartTotp();
  const confirm = useConfirmTotp();
  const renew = useRenewCodes();
  const rest = () => setStep("rest");
  const remove = useRemoveTotp(rest);
  const show = (shown: { recovery_codes: string[] }) => {
    setStarted(null);
    rest();
    setCodes(shown.recovery_codes);
  };

  const body = () => {
    if (codes) return <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />;
    if (started) {
      return (
        <div className={classes.form}>
          <p>{t("security.app_scan")}</p>
          <svg viewBox={`0 0 ${started.qr.size} ${started.qr.size}`} role="img" aria-label={t("security.app_qr")} className={classes.qr}>
            <path d={started.qr.path} fill="#000" shapeRendering="crispEdges" />
          </svg>
          <p>{t("security.app_key")}</p>
          <code className={classes.key}>{started.secret}</code>
          <CodeForm label={t("security.app_code")} action={t("security.app_confirm")} act={confirm} onDone={show} onCancel={() => setStarted(null)} />
        </div>
      );
    }
    if (step === "remove") return <CodeForm label={t("security.code_or_recovery")} action={t("security.app_remove")} act={remove} onCancel={rest} />;
    if (step === "renew") return <CodeForm label={t("security.code_or_recovery")} action={t("security.codes_renew")} act={renew} onDone={show} onCancel={rest} />;
    if (!factors.totp) {
      return (
        <div className={classes.row}>
          <span>{t("security.app_off")}</span>
          <Button loading={start.isPending} onClick={() => start.mutate(undefined, { onSuccess: setStarted })}>
            {t("security.app_start")}
          </Button>
        </div>
      );
    }
    return (
      <div className={classes.row}>
        <span>
          {t("security.app_on")} {t("security.codes_left", { count: factors.recovery_codes_left })}
        </span>
        <Button variant="default" onClick={() => setStep("renew")}>
          {t("security.codes_renew")}
        </Button>
        <Button variant="default" onClick={() => setStep("remove")}>
          {t("security.app_remove")}
        </Button>
      </div>
    );
  };
  return (
    <Section title={t("security.app")}>
      <p className={classes.lead}>{t("security.app_lead")}</p>
      {body()}
    </Section>
  );
}
