import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router";
import type { MfaRequired, SignedIn } from "@/api/types.gen";
import { hasMessage, t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { nextAfterLogin } from "@/lib/paths";
import { asksForCode } from "./api";
import { CodeStep } from "./code-step";
import { Door } from "./door";
import { PasswordStep } from "./password-step";

/** What another page left to say here. */
function wordsFor(search: string): { notice?: string; problem?: string } {
  const query = new URLSearchParams(search);
  const verified = query.get("verified");
  if (verified) return { notice: t("access.verified", { email: verified }) };
  if (query.has("reset")) return { notice: t("access.reset_done") };
  const google = `access.google_${query.get("google")}`;
  return hasMessage(google) ? { problem: t(google as "access.google_refused") } : {};
}

/** A sign-in with Google may come back for a second step. */
function challengeIn(search: string): MfaRequired | null {
  const query = new URLSearchParams(search);
  const challengeId = query.get("challenge");
  if (!challengeId) return null;
  return { requiresMfa: true, challengeId, mfaType: "totp", maskedEmail: "", expiresAt: "", reason: "second_factor" };
}

export function LoginPage() {
  const navigate = useNavigate();
  const { search } = useLocation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<MfaRequired | null>(() => challengeIn(search));
  const [problem, setProblem] = useState<string | null>(null);

  const goOn = async (answer: SignedIn | MfaRequired) => {
    if (asksForCode(answer)) {
      setAsked(answer);
      return;
    }
    client.removeQueries({ queryKey: keys.session });
    await navigate(nextAfterLogin(search), { replace: true });
  };
  const startOver = (why: string | null) => {
    setAsked(null);
    setProblem(why);
  };

  if (asked) return <CodeStep asked={asked} onSignedIn={goOn} onStartOver={startOver} />;
  const words = wordsFor(search);
  return (
    <Door title={t("session.title")} lead={t("session.lead")}>
      <PasswordStep notice={words.notice} problem={problem ?? words.problem} onAnswer={goOn} />
    </Door>
  );
}
