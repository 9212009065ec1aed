import { ActionIcon, Button, Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { OnboardingPlan, PlannedStep } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/permissions";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { planOptions, useSetPlan } from "./api";
import classes from "./hub.module.css";

const all = ["profile", "services", "brand", "website", "ga4", "google_ads", "meta", "forms"] as const;

/** Which steps new businesses are asked, and in which order. */
export function PlanPage() {
  const query = useQuery(planOptions);
  return (
    <Section title={t("settings.onboarding_plan")}>
      <p className={rows.lead}>{t("plan.lead")}</p>
      <Stated query={query} failed={t("plan.load_failed")}>
        {(plan) => <PlanForm plan={plan} />}
      </Stated>
    </Section>
  );
}

function PlanForm({ plan }: { plan: OnboardingPlan }) {
  const [steps, setSteps] = useState<PlannedStep[]>(plan.steps);
  const save = useSetPlan();
  const mayChange = useMay("set_onboarding_plan");
  const left = all.filter((key) => !steps.some((step) => step.key === key));
  const move = (index: number, by: number) => {
    const next = [...steps];
    const [step] = next.splice(index, 1);
    if (step) next.splice(index + by, 0, step);
    setSteps(next);
  };
  const set = (index: number, required: boolean) => setSteps(steps.map((step, at) => (at === index ? { ...step, required } : step)));
  return (
    <>
      <ol className={classes.plan}>
        {steps.map(({ key, required }, index) => {
          const name = t(`wizard.step.${key}`);
          const fixed = index === 0 || !mayChange;
          return (
            <li key={key}>
              <span className={classes.name}>{name}</span>
              <Checkbox
                label={t("plan.required")}
                aria-label={t("plan.required_of", { name })}
                checked={required}
                disabled={fixed}
                onChange={(event) => set(index, event.currentTarget.checked)}
              />
              <ActionIcon variant="subtle" color="gray" size={36} disabled={fixed || index === 1} aria-label={t("plan.up", { name })} onClick={() => move(index, -1)}>
                <Glyph name="sortUp" />
              </ActionIcon>
              <ActionIcon variant="subtle" color="gray" size={36} disabled={fixed || index === steps.length - 1} aria-label={t("plan.down", { name })} onClick={() => move(index, 1)}>
                <Glyph name="sortDown" />
              </ActionIcon>
              <ActionIcon variant="subtle" color="gray" size={36} disabled={fixed} aria-label={t("plan.leave_out", { name })} onClick={() => setSteps(steps.filter((step) => step.key !== key))}>
                <Glyph name="close" />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
      {mayChange && (
        <div className={classes.planFoot}>
          {left.map((key) => (
            <Button key={key} variant="default" leftSection={<Glyph name="add" />} onClick={() => setSteps([...steps, { key, required: true }])}>
              {t(`wizard.step.${key}`)}
            </Button>
          ))}
          <Button loading={save.isPending} onClick={() => save.mutate({ steps })}>
            {t("action.save")}
          </Button>
        </div>
      )}
    </>
  );
}
