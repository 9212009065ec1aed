import { Button, Checkbox, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "react-router";
import type { Client, NewClient } from "@/api/types.gen";
import { fieldErrors, maxLength, validators } from "@/lib/form";
import { ApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { label, propertyTypes, stageLabel, stages } from "@/lib/model";
import { paths } from "@/lib/paths";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { toast, toastError } from "@/ui/toast";
import { useCreateClient } from "./api";
import { splitTags } from "./tags";
import classes from "./new-person.module.css";

interface FormProps {
  /** What is known of the person already. */
  known?: { name: string; email: string };
  onClose: () => void;
  /** What follows; the person's page is opened where nothing else does. */
  onCreated?: (client: Client) => void;
}

export const NewPerson = ({ opened, ...form }: FormProps & { opened: boolean }) => (
  <SideDrawer opened={opened} onClose={form.onClose} title={t("people.add")}>
    <NewPersonForm {...form} />
  </SideDrawer>
);

const initialValues = {
  name: "",
  email: "",
  phone: "",
  property_address: "",
  property_type: "residential" as NewClient["property_type"],
  stage: "lead" as NewClient["stage"],
  tags: "",
  notes: "",
  create_tasks: true,
};

export function NewPersonForm({ known, onClose, onCreated }: FormProps) {
  const navigate = useNavigate();
  const { tags: _tags, email: emailRule, ...validate } = validators("NewClient");
  const form = useForm({
    initialValues: { ...initialValues, ...known },
    validate: {
      ...validate,
      email: (value, { phone }) => (value.trim() || phone.trim() ? (emailRule?.(value) ?? null) : t("people.email_or_phone")),
    },
  });
  const reachable = form.values.phone.trim() !== "";
  const create = useCreateClient((client) => {
    if (onCreated) onCreated(client);
    else void navigate(paths.person(client.id), { replace: true });
    toast({ message: t("people.created", { name: client.name }) });
  });

  const submit = ({ create_tasks: createTasks, tags, email, phone, notes, ...rest }: typeof initialValues) => {
    const client: NewClient = {
      ...rest,
      email: email.trim() || null,
      phone: phone.trim() || null,
      notes: notes.trim() || null,
      tags: splitTags(tags),
    };
    create.mutate(
      { client, createTasks },
      {
        onError: (error) => {
          const fields = fieldErrors(error);
          if (error instanceof ApiError && error.status === 409 && !fields.phone) fields.email = error.message;
          const existing = error instanceof ApiError && error.problem.existing_id;
          if (typeof existing === "string") {
            const open = () => void navigate(paths.person(existing));
            toast({ message: t("people.exists"), tone: "bad", action: { label: t("people.open_existing"), run: open } });
          }
          if (Object.keys(fields).length) form.setErrors(fields);
          else toastError(t("people.not_created"), error);
        },
      },
    );
  };

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md" pb="xl">
        <TextInput label={t("people.name")} withAsterisk autoComplete="off" data-autofocus {...form.getInputProps("name")} />
        <div className={classes.pair}>
          <TextInput label={t("people.email")} withAsterisk={!reachable} type="email" autoComplete="off" {...form.getInputProps("email")} />
          <TextInput label={t("people.phone")} type="tel" autoComplete="off" {...form.getInputProps("phone")} />
        </div>
        <TextInput label={t("people.address")} withAsterisk autoComplete="off" {...form.getInputProps("property_address")} />
        <div className={classes.pair}>
          <NativeSelect
            label={t("people.property_type")}
            data={propertyTypes.map((value) => ({ value, label: label("property_type", value) }))}
            {...form.getInputProps("property_type")}
          />
          <NativeSelect
            label={t("people.stage")}
            data={stages.map((value) => ({ value, label: stageLabel(value) }))}
            {...form.getInputProps("stage")}
          />
        </div>
        <TextInput label={t("people.tags")} description={t("people.tags_hint")} autoComplete="off" {...form.getInputProps("tags")} />
        <Textarea
          label={t("people.notes")}
          description={t("form.length", { length: form.values.notes.length, max: maxLength("NewClient", "notes") ?? 1000 })}
          inputWrapperOrder={["label", "input", "error", "description"]}
          {...form.getInputProps("notes")}
        />
        <Checkbox
          label={t("people.create_tasks")}
          description={t(form.values.email.trim() || !reachable ? "people.create_tasks_hint" : "people.create_tasks_hint_phone")}
          {...form.getInputProps("create_tasks", { type: "checkbox" })}
        />
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={create.isPending}>
          {t("people.add")}
        </Button>
      </DrawerFoot>
    </form>
  );
}
