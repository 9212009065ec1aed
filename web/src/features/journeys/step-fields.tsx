import { ActionIcon, NativeSelect, NumberInput, Textarea, TextInput, Tooltip } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { t } from "@/lib/i18n";
import { followupLabel, label, priorities } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { LetterChoice } from "./letter-choice";
import classes from "./journeys.module.css";
import { units } from "./offset";
import { type Channel, channels, modesOf, occasions, type PlanValues } from "./plan-values";

interface Props {
  form: UseFormReturnType<PlanValues>;
  index: number;
}

/** A step of a plan: when, how, by whom, and what it should say. */
export function StepFields({ form, index }: Props) {
  const step = form.values.steps[index];
  if (!step) return null;
  const field = (name: string) => form.getInputProps(`steps.${index}.${name}`);
  const setChannel = (channel: Channel) => {
    form.setFieldValue(`steps.${index}.channel`, channel);
    if (!modesOf(channel).includes(step.mode)) form.setFieldValue(`steps.${index}.mode`, "manual");
  };
  const unsendable = (step.channel === "sms" || step.channel === "whatsapp") && step.mode !== "manual";
  return (
    <fieldset className={classes.step}>
      <legend>{t("plans.step_number", { number: index + 1 })}</legend>
      <Tooltip label={t("plans.remove_step")}>
        <ActionIcon
          className={classes.removeStep}
          aria-label={t("plans.remove_step_number", { number: index + 1 })}
          disabled={form.values.steps.length === 1}
          onClick={() => form.removeListItem("steps", index)}
        >
          <Glyph name="delete" />
        </ActionIcon>
      </Tooltip>
      <div className={classes.stepGrid}>
        <TextInput label={t("plans.step_name")} withAsterisk maxLength={60} {...field("name")} />
        <NumberInput label={t("plans.after")} min={0} max={730} decimalScale={2} {...field("count")} />
        <NativeSelect
          label={t("plans.unit")}
          data={units.map((value) => ({ value, label: label("plan_unit", value) }))}
          {...field("unit")}
        />
      </div>
      <div className={classes.stepGrid}>
        <NativeSelect
          label={t("tasks.channel")}
          data={channels.map((value) => ({ value, label: label("channel", value) }))}
          {...field("channel")}
          onChange={(event) => setChannel(event.currentTarget.value as Channel)}
        />
        <NativeSelect
          label={t("tasks.mode")}
          data={modesOf(step.channel).map((value) => ({ value, label: label("mode", value) }))}
          {...field("mode")}
        />
        <NativeSelect
          label={t("tasks.priority")}
          data={priorities.map((value) => ({ value, label: label("priority", value) }))}
          {...field("priority")}
        />
      </div>
      {unsendable && (
        <p className={classes.warning}>
          <Glyph name="warning" size={14} />
          {t("plans.unsendable", { channel: label("channel", step.channel) })}
        </p>
      )}
      {step.channel === "email" && (
        <LetterChoice
          value={step.letter_id}
          onChange={(id) => form.setFieldValue(`steps.${index}.letter_id`, id)}
          error={form.errors[`steps.${index}.letter_id`]}
        />
      )}
      {step.channel === "email" && !step.letter_id && (
        <NativeSelect
          label={t("plans.occasion")}
          data={occasions.map((value) => ({ value, label: followupLabel(value) }))}
          {...field("followup_type")}
        />
      )}
      <Textarea label={t("plans.instructions")} description={t("plans.instructions_hint")} autosize minRows={1} maxLength={500} {...field("instructions")} />
    </fieldset>
  );
}
