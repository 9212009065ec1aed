import { Button } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import type { OnboardingWizard } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import classes from "./onboarding.module.css";

export type Values = Record<string, unknown>;

/** What every step's form gets. */
export interface StepProps {
  wizard: OnboardingWizard;
  token?: string;
  draft: Values;
  busy: boolean;
  isLast: boolean;
  /** Resolves to what is wrong, by field. */
  onSubmit: (data: Values) => Promise<Record<string, string>>;
  onLater: (values: Values) => Promise<void>;
  onBack?: () => void;
  onSkip?: () => void;
}

interface Props<T extends Values> extends StepProps {
  form: UseFormReturnType<T>;
  /** What the server takes of the form's values. */
  toData: (values: T) => Values;
  children: ReactNode;
}

/** A text that may be left empty: null clears it. */
export const orNull = (text: unknown): string | null => (typeof text === "string" && text.trim() ? text.trim() : null);

/** A step's form: its fields, and the ways on, back and out. */
export function StepFrame<T extends Values>({ form, toData, children, busy, isLast, onSubmit, onLater, onBack, onSkip }: Props<T>) {
  const submit = async (values: T) => {
    const errors = await onSubmit(toData(values));
    if (Object.keys(errors).length) form.setErrors(errors);
  };
  return (
    <form noValidate className={classes.form} onSubmit={form.onSubmit((values) => void submit(values))}>
      {children}
      <footer className={classes.foot}>
        {onBack && (
          <Button variant="default" onClick={onBack} disabled={busy}>
            {t("wizard.back")}
          </Button>
        )}
        <Button variant="subtle" color="gray" disabled={busy} onClick={() => void onLater(form.getValues())}>
          {t("wizard.later")}
        </Button>
        {onSkip && (
          <Button variant="subtle" color="gray" disabled={busy} onClick={onSkip}>
            {t("wizard.skip")}
          </Button>
        )}
        <Button type="submit" loading={busy} className={classes.next}>
          {t(isLast ? "wizard.finish" : "wizard.next")}
        </Button>
      </footer>
    </form>
  );
}
