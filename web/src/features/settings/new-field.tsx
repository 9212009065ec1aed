import { Button, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { type CustomField, enums } from "@/api/types.gen";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { toastError } from "@/ui/toast";
import { useAddField } from "./shape-api";

interface Props {
  opened: boolean;
  onClose: () => void;
}

const types = enums.CustomField.type;
const linesOf = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);

export const NewFieldDrawer = ({ opened, onClose }: Props) => (
  <SideDrawer opened={opened} onClose={onClose} title={t("fields.add")}>
    <NewField onClose={onClose} />
  </SideDrawer>
);

function NewField({ onClose }: { onClose: () => void }) {
  const form = useForm({
    initialValues: { label: "", type: "text" as CustomField["type"], choices: "" },
    validate: {
      label: (value) => (value.trim() ? null : t("form.required")),
      choices: (value, { type }) => (type !== "choice" || linesOf(value).length > 0 ? null : t("form.required")),
    },
  });
  const add = useAddField(onClose);
  const submit = ({ label: name, type, choices }: typeof form.values) =>
    add.mutate(
      { label: name, type, ...(type === "choice" ? { choices: linesOf(choices) } : {}) },
      {
        onError: (error) => {
          const fields = fieldErrors(error);
          if (Object.keys(fields).length) form.setErrors(fields);
          else toastError(t("fields.not_added", { label: name }), error);
        },
      },
    );
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md" pb="xl">
        <TextInput data-autofocus withAsterisk autoComplete="off" label={t("fields.label")} {...form.getInputProps("label")} />
        <NativeSelect
          label={t("fields.type")}
          data={types.map((value) => ({ value, label: label("field_type", value) }))}
          {...form.getInputProps("type")}
        />
        {form.values.type === "choice" && (
          <Textarea withAsterisk label={t("fields.choices")} description={t("fields.choices_hint")} {...form.getInputProps("choices")} />
        )}
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={add.isPending}>
          {t("fields.add")}
        </Button>
      </DrawerFoot>
    </form>
  );
}
