import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { OnboardingWizard } from "@/api/types.gen";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { paths } from "@/lib/paths";
import { toastError } from "@/ui/toast";
import { activate, complete, type Draft, draftOf, forgetDraft, saveDraft, saveStep, type Step, wizardOptions } from "./api";
import { Progress } from "./progress";
import { Put } from "./put-aside";
import { stepForms } from "./step-forms";
import classes from "./onboarding.module.css";

interface Props {
  wizard: OnboardingWizard;
  token?: string;
}

/** "data.phone" is the field "phone" of the step's form. */
const ownErrors = (error: unknown) =>
  Object.fromEntries(Object.entries(fieldErrors(error)).map(([field, message]) => [field.replace(/^data\./, ""), message]));

/** Where to begin: where Google has sent one back to, at what was being filled in, else at the first step that is not done. */
function firstStep(wizard: OnboardingWizard, draft: Draft | null, fromGoogle: boolean): Step {
  const steps = new Set(wizard.steps.map(({ key }) => key));
  if (fromGoogle && steps.has("calendar")) return "calendar";
  if (draft && steps.has(draft.step)) return draft.step;
  return (wizard.steps.find(({ done }) => !done) ?? wizard.steps[0])?.key ?? "profile";
}

export function Wizard({ wizard, token }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const fromGoogle = useSearchParams()[0].has("calendar");
  const [draft] = useState(() => draftOf(wizard));
  const [step, setStep] = useState(() => firstStep(wizard, draft, fromGoogle));
  const [busy, setBusy] = useState(false);
  const [aside, setAside] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  /** The step whose draft the server keeps. */
  const drafted = useRef(draft?.step);
  const moved = useRef<Step | null>(null);
  useEffect(() => {
    if (moved.current === step) heading.current?.focus();
  }, [step]);

  const index = wizard.steps.findIndex(({ key }) => key === step);
  const isLast = index === wizard.steps.length - 1;
  const show = (next: Step) => {
    moved.current = next;
    setStep(next);
    window.scrollTo({ top: 0 });
  };
  const keep = (next: OnboardingWizard, of = token) => client.setQueryData(wizardOptions(of).queryKey, next);

  const goOn = async (saved: OnboardingWizard) => {
    const next = saved.steps[index + 1];
    if (next) return show(next.key);
    keep(await complete(), undefined);
    if (fromGoogle) await navigate(paths.onboarding, { replace: true });
  };

  /** Saves the step; its errors come back to its form. */
  const submit = async ({ password, ...data }: Record<string, unknown>): Promise<Record<string, string>> => {
    setBusy(true);
    try {
      const saved = { ...(await saveStep(token, step, data)), draft: null };
      if (drafted.current === step) await forgetDraft(token);
      keep(saved);
      if (token && step === "profile") {
        await activate(token, String(data.display_name), String(password));
        client.removeQueries({ queryKey: keys.session });
        keep({ ...saved, user: { ...saved.user, joined: true } }, undefined);
        void client.invalidateQueries({ queryKey: keys.onboarding("me") });
        await navigate(paths.onboarding, { replace: true });
        return {};
      }
      await goOn(saved);
      return {};
    } catch (error) {
      const fields = ownErrors(error);
      if (Object.keys(fields).length === 0) toastError(t("wizard.not_saved"), error);
      const missing = Object.keys(fields).find((field) => field.startsWith("steps."));
      if (missing) show(missing.slice("steps.".length) as Step);
      return fields;
    } finally {
      setBusy(false);
    }
  };

  const putAside = async (values: Record<string, unknown>) => {
    setBusy(true);
    try {
      await saveDraft(token, { step, values });
      drafted.current = step;
      setAside(true);
    } catch (error) {
      toastError(t("wizard.not_saved"), error);
    } finally {
      setBusy(false);
    }
  };

  if (aside) return <Put wizard={wizard} token={token} onBack={() => setAside(false)} />;
  const Form = stepForms[step];
  return (
    <div className={classes.columns}>
      <Progress steps={wizard.steps} current={step} onOpen={show} locked={Boolean(token)} />
      <section className={classes.sheet} aria-labelledby="wizard-step">
        <p className={classes.count}>{t("wizard.count", { number: index + 1, total: wizard.steps.length })}</p>
        <h1 id="wizard-step" ref={heading} tabIndex={-1}>
          {t(`wizard.step.${step}`)}
        </h1>
        <p className={classes.lead}>
          {step === "profile" && wizard.agency ? t("wizard.welcome", { agency: wizard.agency }) : t(`wizard.lead.${step}`)}
        </p>
        <Form
          key={step}
          wizard={wizard}
          token={token}
          draft={draft?.step === step ? draft.values : {}}
          busy={busy}
          isLast={isLast}
          onSubmit={submit}
          onLater={putAside}
          onBack={index > 0 ? () => show(wizard.steps[index - 1]?.key ?? step) : undefined}
          onSkip={wizard.steps[index]?.required ? undefined : () => void goOn(wizard).catch((error) => toastError(t("wizard.not_saved"), error))}
        />
      </section>
    </div>
  );
}
