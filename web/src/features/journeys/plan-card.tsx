import { Switch } from "@mantine/core";
import { Link } from "react-router";
import type { JourneyTemplate } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { followupLabel, label, stageLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { toastError } from "@/ui/toast";
import { useChangePlan } from "./api";
import classes from "./journeys.module.css";
import { offsetWords } from "./offset";

/** When a plan starts, in words. */
function startWords(plan: Pick<JourneyTemplate, "starts" | "stage">): string {
  if (plan.starts === "by_hand") return t("plans.starts_by_hand");
  if (!plan.stage) return t("plans.starts_new");
  return t(plan.starts === "new_client" ? "plans.starts_new_in" : "plans.starts_entering", { stage: stageLabel(plan.stage) });
}

interface Props {
  plan: JourneyTemplate;
  /** The names of the library's letters, once they are known. */
  letters: ReadonlyMap<string, string> | undefined;
}

/** A plan in the list: when it starts, its steps, and whether it is on. */
export function PlanCard({ plan, letters }: Props) {
  const letterOf = (id: string | null) => (id && letters ? (letters.get(id) ?? t("plans.letter_gone")) : null);
  const change = useChangePlan();
  const toggle = () =>
    change.mutate(
      { id: plan.id, patch: { active: !plan.active } },
      { onError: (error) => toastError(t("plans.not_saved"), error) },
    );
  return (
    <li className={classes.plan} data-off={!plan.active || undefined}>
      <div className={classes.planHead}>
        <h2>
          <Link to={paths.plan(plan.id)}>{plan.name}</Link>
        </h2>
        <Switch
          checked={plan.active}
          onChange={toggle}
          label={t(plan.active ? "plans.on" : "plans.off")}
          aria-label={t("plans.active_of", { name: plan.name })}
        />
      </div>
      <p className={classes.second}>
        {`${startWords(plan)} · ${t("plans.running", { count: plan.running })}`}
      </p>
      <ol className={classes.stepList}>
        {plan.steps.map((step) => (
          <li key={step.id}>
            <span className={classes.stepName}>{followupLabel(step.name)}</span>
            <span className={classes.second}>
              {[
                offsetWords(step.offset_minutes),
                label("channel", step.channel),
                step.mode === "approve" ? t("plans.with_approval") : "",
              ].filter(Boolean).join(", ")}
            </span>
            {letterOf(step.letter_id) && (
              <span className={classes.stepLetter}>
                <Glyph name="document" size={13} />
                {letterOf(step.letter_id)}
              </span>
            )}
          </li>
        ))}
      </ol>
    </li>
  );
}
