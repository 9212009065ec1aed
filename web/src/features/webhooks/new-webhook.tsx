import { Button, Stack, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { MadeWebhook } from "@/api/types.gen";
import { fieldErrors } from "@/lib/form";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { toastError } from "@/ui/toast";
import { useMakeWebhook } from "./api";
import { SecretShown } from "./secret";

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** Types of events that most programs want; any other can be typed. */
const common = [
  "client.*",
  "client.created",
  "stage.changed",
  "email.*",
  "email.opened",
  "email.clicked",
  "email.replied",
  "task.completed",
  "follow_ups.stopped",
];

export const NewWebhookDrawer = ({ opened, onClose }: Props) => (
  <SideDrawer opened={opened} onClose={onClose} title={t("webhooks.add")}>
    <NewWebhookForm onClose={onClose} />
  </SideDrawer>
);

function NewWebhookForm({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<MadeWebhook | null>(null);
  return made ? <Made made={made} /> : <Form onMade={setMade} onClose={onClose} />;
}

function Form({ onMade, onClose }: { onMade: (made: MadeWebhook) => void; onClose: () => void }) {
  const form = useForm({
    initialValues: { url: "", description: "", event_types: [] as string[] },
    validate: { url: (value) => (value.trim() ? null : t("form.required")) },
  });
  const make = useMakeWebhook(onMade);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ url, description, event_types }) =>
        make.mutate(
          { url: url.trim(), description: description.trim() || null, event_types },
          {
            onError: (error) => {
              const fields = fieldErrors(error);
              const type = Object.keys(fields).find((field) => field.startsWith("event_types"));
              if (type) fields.event_types = fields[type] ?? "";
              if (Object.keys(fields).length) form.setErrors(fields);
              else toastError(t("webhooks.not_made"), error);
            },
          },
        ),
      )}
    >
      <Stack gap="md" pb="xl">
        <TextInput
          label={t("webhooks.url")}
          description={t("webhooks.url_hint")}
          placeholder={t("placeholder.receiver")}
          type="url"
          withAsterisk
          data-autofocus
          {...form.getInputProps("url")}
        />
        <TextInput label={t("webhooks.description")} {...form.getInputProps("description")} />
        <TagsInput
          label={t("webhooks.types")}
          description={t("webhooks.types_hint")}
          data={common}
          splitChars={[",", " "]}
          {...form.getInputProps("event_types")}
        />
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" loading={make.isPending}>
          {t("webhooks.add")}
        </Button>
      </DrawerFoot>
    </form>
  );
}

function Made({ made }: { made: MadeWebhook }) {
  const navigate = useNavigate();
  return <SecretShown secret={made.secret} onDone={() => void navigate(paths.webhook(made.id), { replace: true })} />;
}
