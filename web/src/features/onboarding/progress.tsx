import { UnstyledButton } from "@mantine/core";
import type { OnboardingStep } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import type { Step } from "./api";
import classes from "./onboarding.module.css";

interface Props {
  steps: OnboardingStep[];
  current: Step;
  onOpen: (step: Step) => void;
  /** Until somebody has joined, the first step comes first. */
  locked: boolean;
}

/** All steps, what is done, where one is. */
export function Progress({ steps, current, onOpen, locked }: Props) {
  const done = steps.filter((step) => step.done).length;
  return (
    <nav className={classes.progress} aria-label={t("wizard.steps")}>
      <div
        className={classes.meter}
        role="progressbar"
        aria-label={t("wizard.progress")}
        aria-valuemin={0}
        aria-valuemax={steps.length}
        aria-valuenow={done}
      >
        <span style={{ width: `${(100 * done) / steps.length}%` }} />
      </div>
      <ol>
        {steps.map(({ key, done: isDone, required }, index) => (
          <li key={key}>
            <UnstyledButton
              className={classes.step}
              aria-current={key === current ? "step" : undefined}
              data-done={isDone || undefined}
              disabled={locked && index > 0}
              onClick={() => onOpen(key)}
            >
              <span className={classes.dot}>{isDone ? <Glyph name="check" size={14} /> : index + 1}</span>
              <span>
                {t(`wizard.step.${key}`)}
                {!required && <small>{t("wizard.optional")}</small>}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
}
