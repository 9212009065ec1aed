import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { label, stageLabel, stages } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { toastError } from "@/ui/toast";
import classes from "./journeys.module.css";
import { toMinutes } from "./offset";
import { bodyOf, emptyStep, type PlanBody, type PlanValues, starts } from "./plan-values";
import { StepFields } from "./step-fields";

interface Props {
  initial: PlanValues;
  /** How many people are on the plan. */
  running?: number;
  act: { isPending: boolean };
  onSubmit: (body: PlanBody, options: { onError: (error: unknown) => void }) => void;
}

/** A plan: its name, when it starts, its steps in their order. */
export function PlanForm({ initial, running = 0, act, onSubmit }: Props) {
  const form = useForm<PlanValues>({
    initialValues: initial,
    validate: {
      name: (value) => (value.trim() ? null : t("form.required")),
      stage: (value, values) => (values.starts === "stage_entered" && !value ? t("form.required") : null),
      steps: { name: (value) => (value.trim() ? null : t("form.required")) },
    },
  });
  const submit = (values: PlanValues) =>
    onSubmit(bodyOf(values), {
      onError: (error) => {
        const fields = fieldErrors(error);
        form.setErrors(fields);
        const known = Object.keys(fields).some((field) => /^(?:name|starts|stage|steps\.\d+\.(?:name|mode|letter_id))$/.test(field));
        if (!known) toastError(t("plans.not_saved"), error);
      },
    });
  const { values } = form;
  const last = values.steps.at(-1);
  const after = last ? toMinutes({ count: Number(last.count) || 0, unit: last.unit }) : 0;
  const anyStage = { value: "", label: t(values.starts === "stage_entered" ? "plans.choose_stage" : "plans.any_stage") };

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate className={classes.form}>
      <TextInput label={t("plans.name")} withAsterisk maxLength={80} {...form.getInputProps("name")} />
      <div className={classes.pair}>
        <NativeSelect
          label={t("plans.starts")}
          data={starts.map((value) => ({ value, label: label("plan_starts", value) }))}
          {...form.getInputProps("starts")}
        />
        {values.starts !== "by_hand" && (
          <NativeSelect
            label={t("plans.stage")}
            data={[anyStage, ...stages.map((stage) => ({ value: stage, label: stageLabel(stage) }))]}
            {...form.getInputProps("stage")}
          />
        )}
      </div>
      <h2 className={classes.stepsTitle}>{t("plans.steps")}</h2>
      {values.steps.map((step, index) => (
        <StepFields key={step.key} form={form} index={index} />
      ))}
      <Button
        variant="default"
        leftSection={<Glyph name="add" />}
        className={classes.addStep}
        onClick={() => form.insertListItem("steps", emptyStep(after + 1440))}
      >
        {t("plans.add_step")}
      </Button>
      {form.errors.steps && (
        <p role="alert" className={classes.bad}>
          {form.errors.steps}
        </p>
      )}
      <p className={classes.effect}>
        <Glyph name="info" />
        <span>{running > 0 ? t("plans.effect", { count: running }) : t("plans.effect_none")}</span>
      </p>
      <div className={classes.foot}>
        <Button type="submit" loading={act.isPending}>
          {t("plans.save")}
        </Button>
      </div>
    </form>
  );
}
