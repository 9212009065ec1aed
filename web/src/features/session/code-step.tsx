import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import type { MfaRequired, SignedIn } from "@/api/types.gen";
import { isApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { refusal, resendCode, verifyCode } from "./api";
import { Door, Notice, Refusal } from "./door";
import classes from "./login-page.module.css";

interface Props {
  asked: MfaRequired;
  onSignedIn: (answer: SignedIn) => Promise<void>;
  /** The sign-in can't be finished; `why` in words. */
  onStartOver: (why: string | null) => void;
}

/** The second step: a code from the mail or the app. */
export function CodeStep({ asked, onSignedIn, onStartOver }: Props) {
  const [code, setCode] = useState("");
  const [trust, setTrust] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const mailed = asked.mfaType === "email_otp";

  const attempt = async (run: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    setSaid(null);
    try {
      await run();
    } catch (reason) {
      if (isApiError(reason, 410)) return onStartOver(refusal(reason));
      setError(isApiError(reason, 429) ? t("access.code_many") : refusal(reason));
    }
    setBusy(false);
  };
  const verify = () => attempt(async () => onSignedIn(await verifyCode(asked.challengeId, code, trust)));
  const resend = () =>
    attempt(async () => {
      await resendCode(asked.challengeId);
      setSaid(t("access.resent"));
    });

  return (
    <Door title={t("access.code_title")} lead={t(`access.reason.${asked.reason}`)}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void verify();
        }}
      >
        <p>{mailed ? t("access.code_mailed", { email: asked.maskedEmail }) : t("access.code_app")}</p>
        <Notice>{said}</Notice>
        <Refusal>{error}</Refusal>
        <TextInput
          label={t("access.code")}
          inputMode={mailed ? "numeric" : "text"}
          autoComplete="one-time-code"
          // The one thing to do on this page.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          size="md"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Checkbox
          label={t("access.trust")}
          checked={trust}
          onChange={(event) => setTrust(event.currentTarget.checked)}
        />
        <Button type="submit" size="md" fullWidth loading={busy} disabled={code.trim() === ""}>
          {t("access.code_go_on")}
        </Button>
        {mailed && (
          <Button variant="default" onClick={() => void resend()}>
            {t("access.resend")}
          </Button>
        )}
        <Button variant="subtle" onClick={() => onStartOver(null)}>
          {t("access.back")}
        </Button>
      </form>
    </Door>
  );
}
