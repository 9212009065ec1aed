import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "react-router";
import { fieldErrors, validators } from "@/lib/form";
import { t } from "@/lib/i18n";
import { toast, toastError } from "@/ui/toast";
import { addressOf, type Shown, useAddView } from "./views-api";

interface Props {
  opened: boolean;
  onClose: () => void;
  shown: Shown;
}

/** Gives what the page shows a name. */
export function SaveView({ opened, onClose, shown }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={t("views.save")} closeButtonProps={{ "aria-label": t("action.close") }}>
      <SaveForm onClose={onClose} shown={shown} />
    </Modal>
  );
}

function SaveForm({ onClose, shown }: Omit<Props, "opened">) {
  const navigate = useNavigate();
  const { name } = validators("NewView");
  const form = useForm({ initialValues: { name: "", shared: false }, validate: name ? { name } : {} });
  const add = useAddView((view) => {
    onClose();
    void navigate(addressOf(view));
    toast({ message: t("views.added", { name: view.name }) });
  });
  const submit = (values: typeof form.values) =>
    add.mutate(
      { object: "clients", ...values, ...shown },
      {
        onError: (error) => {
          const fields = fieldErrors(error);
          if (Object.keys(fields).length) form.setErrors(fields);
          else toastError(t("views.not_added", { name: values.name }), error);
        },
      },
    );
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus withAsterisk autoComplete="off" label={t("views.name")} {...form.getInputProps("name")} />
        <Checkbox label={t("views.share")} {...form.getInputProps("shared", { type: "checkbox" })} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
