import { Button, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { enums, type NewTask } from "@/api/types.gen";
import { now } from "@/lib/clock";
import { fieldErrors, maxLength } from "@/lib/form";
import { fromLocalInput, toLocalInput } from "@/lib/format";
import { t } from "@/lib/i18n";
import { followupLabel, label, priorities } from "@/lib/model";
import { PersonPicker } from "@/ui/person-picker";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { toast, toastError } from "@/ui/toast";
import { useCreateTask } from "./api";
import classes from "./tasks.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  /** For whom, where that is settled. */
  client?: { id: string; name: string };
}

export const NewTaskDrawer = ({ opened, onClose, client }: Props) => (
  <SideDrawer opened={opened} onClose={onClose} title={t("tasks.add")}>
    <NewTaskForm onClose={onClose} client={client} />
  </SideDrawer>
);

function tomorrowMorning(): string {
  const at = now();
  at.setDate(at.getDate() + 1);
  at.setHours(9, 0, 0, 0);
  return toLocalInput(at);
}

type Channel = NonNullable<NewTask["channel"]>;
type Mode = NonNullable<NewTask["mode"]>;
const channels: readonly Channel[] = enums.NewTask.channel;
const modes: readonly Mode[] = enums.NewTask.mode;

function NewTaskForm({ onClose, client }: Omit<Props, "opened">) {
  const form = useForm({
    initialValues: {
      client_id: client?.id ?? "",
      followup_type: "Custom" as NewTask["followup_type"],
      when: tomorrowMorning(),
      channel: "email" as Channel,
      mode: "automatic" as Mode,
      priority: "medium" as NonNullable<NewTask["priority"]>,
      notes: "",
    },
    validate: {
      client_id: (value) => (value ? null : t("tasks.choose_person")),
      when: (value) => (value ? null : t("form.required")),
    },
  });
  const create = useCreateTask((task) => {
    onClose();
    toast({ message: t("tasks.created", { name: task.client_name }) });
  });
  const submit = ({ when, notes, ...rest }: typeof form.values) =>
    create.mutate(
      { ...rest, scheduled_for: fromLocalInput(when), notes: notes.trim() || null },
      {
        onError: (error) => {
          const { scheduled_for: scheduledFor, ...fields } = fieldErrors(error);
          if (scheduledFor) fields.when = scheduledFor;
          if (Object.keys(fields).length) form.setErrors(fields);
          else toastError(t("tasks.not_created"), error);
        },
      },
    );
  const byMail = form.values.channel === "email";

  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md" pb="xl">
        <PersonPicker label={t("tasks.person")} fixed={client} {...form.getInputProps("client_id")} />
        <div className={classes.pair}>
          <TextInput type="datetime-local" label={t("tasks.when")} {...form.getInputProps("when")} />
          <NativeSelect
            label={t("tasks.priority")}
            data={priorities.map((value) => ({ value, label: label("priority", value) }))}
            {...form.getInputProps("priority")}
          />
        </div>
        <div className={classes.pair}>
          <NativeSelect
            label={t("tasks.channel")}
            data={channels.map((value) => ({ value, label: label("channel", value) }))}
            {...form.getInputProps("channel")}
            onChange={(event) => {
              const channel = event.currentTarget.value as Channel;
              form.setValues({ channel, mode: channel === "email" ? form.values.mode : "manual" });
            }}
          />
          <NativeSelect
            label={t("tasks.type")}
            data={enums.NewTask.followup_type.map((value) => ({ value, label: followupLabel(value) }))}
            {...form.getInputProps("followup_type")}
          />
        </div>
        {byMail && (
          <NativeSelect
            label={t("tasks.mode")}
            description={label("mode_hint", form.values.mode)}
            data={modes.map((value) => ({ value, label: label("mode", value) }))}
            {...form.getInputProps("mode")}
          />
        )}
        <Textarea
          label={t("tasks.notes")}
          description={t("form.length", { length: form.values.notes.length, max: maxLength("NewTask", "notes") ?? 500 })}
          inputWrapperOrder={["label", "input", "error", "description"]}
          maxLength={maxLength("NewTask", "notes")}
          {...form.getInputProps("notes")}
        />
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={create.isPending}>
          {t("tasks.add")}
        </Button>
      </DrawerFoot>
    </form>
  );
}
