import { Button, Checkbox, NativeSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { enums, type NewStageRule } from "@/api/types.gen";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { label, type Stage, stageLabel, stages } from "@/lib/model";
import { DrawerFoot } from "@/ui/side-drawer";
import { toast, toastError } from "@/ui/toast";
import { useAddRule } from "./api";

const triggers: readonly NewStageRule["trigger"][] = enums.NewStageRule.trigger;
const actions: readonly NonNullable<NewStageRule["action"]>[] = enums.NewStageRule.action;

export function RuleForm({ onClose }: { onClose: () => void }) {
  const form = useForm({
    initialValues: {
      name: "",
      trigger: "replied" as NewStageRule["trigger"],
      threshold: 1 as number | string,
      from_stages: ["lead"] as Stage[],
      to_stage: "negotiating" as Stage,
      action: "suggest" as NonNullable<NewStageRule["action"]>,
    },
    validate: {
      name: (value) => (value.trim() ? null : t("form.required")),
      from_stages: (value) => (value.length ? null : t("form.required")),
    },
  });
  const add = useAddRule((rule) => {
    onClose();
    toast({ message: t("stage_rules.saved", { name: rule.name }) });
  });
  const submit = (values: typeof form.values) =>
    add.mutate(
      { ...values, threshold: Number(values.threshold) || 1 },
      {
        onError: (error) => {
          const fields = fieldErrors(error);
          if (Object.keys(fields).length) form.setErrors(fields);
          else toastError(t("stage_rules.not_saved"), error);
        },
      },
    );
  const silent = form.values.trigger === "silent";
  const choose = (trigger: NewStageRule["trigger"]) => form.setValues({ trigger, threshold: trigger === "silent" ? 60 : 1 });

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md" pb="xl">
        <TextInput label={t("stage_rules.name")} withAsterisk maxLength={80} data-autofocus {...form.getInputProps("name")} />
        <NativeSelect
          label={t("stage_rules.when")}
          data={triggers.map((value) => ({ value, label: label("stage_trigger", value) }))}
          {...form.getInputProps("trigger")}
          onChange={(event) => choose(event.currentTarget.value as NewStageRule["trigger"])}
        />
        <NumberInput label={t(silent ? "stage_rules.days" : "stage_rules.threshold")} min={1} max={3650} {...form.getInputProps("threshold")} />
        <Checkbox.Group label={t("stage_rules.from")} withAsterisk {...form.getInputProps("from_stages")}>
          <Stack gap="xs" mt="xs">
            {stages.map((stage) => (
              <Checkbox key={stage} value={stage} label={stageLabel(stage)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label={t("stage_rules.to")}
          data={stages.map((value) => ({ value, label: stageLabel(value) }))}
          {...form.getInputProps("to_stage")}
        />
        <NativeSelect
          label={t("stage_rules.action")}
          data={actions.map((value) => ({ value, label: label("stage_action", value) }))}
          {...form.getInputProps("action")}
        />
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={add.isPending}>
          {t("stage_rules.save")}
        </Button>
      </DrawerFoot>
    </form>
  );
}
