import { ActionIcon, Button, Chip, Group, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { orNull, StepFrame, type StepProps } from "./step-frame";
import classes from "./onboarding.module.css";

interface Row {
  name: string;
  description: string;
  base_price: string;
}

const presets = ["listing", "buying", "valuation", "rental", "relocation", "investment", "staging", "management"] as const;
const empty: Row = { name: "", description: "", base_price: "" };

/** What the business offers, with prices where there are some. */
export function ServicesStep(props: StepProps) {
  const { wizard, draft } = props;
  const saved = wizard.profile.services.map(({ name, description, base_price: price }) => ({
    name,
    description: description ?? "",
    base_price: typeof price === "string" ? price : "",
  }));
  const form = useForm({
    initialValues: { services: Array.isArray(draft.services) ? (draft.services as Row[]) : saved },
    validate: { services: { name: (value: string) => (value.trim() ? null : t("form.required")) } },
  });
  const names = form.values.services.map(({ name }) => name);
  const toggle = (name: string) => {
    const index = names.indexOf(name);
    if (index >= 0) form.removeListItem("services", index);
    else form.insertListItem("services", { ...empty, name });
  };
  const toData = ({ services }: typeof form.values) => ({
    services: services.map(({ name, description, base_price: price }) => ({
      name,
      ...(orNull(description) && { description }),
      ...(orNull(price) && { base_price: price.trim() }),
    })),
  });
  return (
    <StepFrame {...props} form={form} toData={toData}>
      <Group gap="xs" role="group" aria-label={t("wizard.service_presets")}>
        {presets.map((preset) => {
          const name = t(`wizard.service.${preset}`);
          return (
            <Chip key={preset} checked={names.includes(name)} onChange={() => toggle(name)}>
              {name}
            </Chip>
          );
        })}
      </Group>
      {form.values.services.length > 0 && (
        <ul className={classes.rows}>
          {form.values.services.map((service, index) => (
            <li key={form.key(`services.${index}`)} className={classes.row}>
              <TextInput label={t("wizard.service_name")} autoComplete="off" {...form.getInputProps(`services.${index}.name`)} />
              <TextInput label={t("wizard.service_words")} autoComplete="off" {...form.getInputProps(`services.${index}.description`)} />
              <TextInput label={t("wizard.service_price")} inputMode="decimal" autoComplete="off" {...form.getInputProps(`services.${index}.base_price`)} />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("wizard.service_remove", { name: service.name })}
                onClick={() => form.removeListItem("services", index)}
              >
                <Glyph name="delete" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {form.errors.services && (
        <p role="alert" className={classes.error}>
          {form.errors.services}
        </p>
      )}
      <Button variant="default" className={classes.start} leftSection={<Glyph name="add" />} onClick={() => form.insertListItem("services", empty)}>
        {t("wizard.service_add")}
      </Button>
    </StepFrame>
  );
}
